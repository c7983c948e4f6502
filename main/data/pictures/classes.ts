/** Classes by folders: a picture's class is the first folder on its path, as in most collections. */

export interface Classes {
  /** One an image, or null. */
  labels: Uint8Array | null;
  /** In class order; empty without labels. */
  names: string[];
}

/** A label is one byte. */
const classesAtMost = 256;

const none: Classes = { labels: null, names: [] };

/**
 * Classes of pictures at these paths. There are none when a picture lies in no folder, when all lie
 * in the same, or when there are more than 256. Names that are numbers are sorted as such.
 */
export function classesOf(files: readonly string[]): Classes {
  const folders = files.map((file) =>
    file.includes("/") ? file.slice(0, file.indexOf("/")) : null,
  );
  const names = [...new Set(folders)];
  if (names.includes(null) || names.length < 2 || names.length > classesAtMost) return none;
  const sorted = sortedNames(names as string[]);
  const places = new Map(sorted.map((name, index) => [name, index]));
  const labels = Uint8Array.from(folders, (name) => places.get(name as string) as number);
  return { labels, names: sorted };
}

function sortedNames(names: string[]): string[] {
  if (names.every((name) => /^\d{1,9}$/.test(name))) {
    return names.sort((a, b) => Number(a) - Number(b) || a.length - b.length);
  }
  return names.sort();
}
