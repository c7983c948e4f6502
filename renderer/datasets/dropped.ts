/**
 * What was dropped on the page, as a path on this machine. Only the desktop app can tell where a
 * dropped file lies; a browser keeps that from pages, and its machine may not be the one that trains.
 */

/** `pathOf` is absent in a browser; null where nothing that lies in a file was dropped. */
export type Dropped = { kind: "path"; path: string } | { kind: "refused"; text: string } | null;

export function droppedPath(
  files: readonly File[],
  pathOf: ((file: File) => string) | undefined,
): Dropped {
  const [first] = files;
  if (!first) return null;
  if (!pathOf)
    return {
      kind: "refused",
      text: `A browser does not tell where «${first.name}» lies. Type its path on the machine that runs GAN Studio, under Data or, for a run file, at Import.`,
    };
  if (files.length > 1)
    return {
      kind: "refused",
      text: `${files.length.toString()} files were dropped. Drop the folder that holds them, or one file.`,
    };
  const path = pathOf(first);
  return path === ""
    ? { kind: "refused", text: `«${first.name}» does not lie in a file. Save it first.` }
    : { kind: "path", path };
}
