/** The pictures of a ZIP archive, as if it were a folder, without unpacking it to the disk. */
import { stat } from "node:fs/promises";
import { isHidden, readDirectory, type ZipEntry } from "../zip/directory.ts";
import { readEntry } from "../zip/entry.ts";
import {
  kindOfName,
  listPictures,
  otherFormat,
  type PictureFile,
  type PictureList,
} from "./list.ts";
import { readWhole } from "./prepare.ts";

/** Folders around all pictures, as most archives have one, count for nothing. */
function withoutCommonFolders(list: PictureList): PictureList {
  const all = [...list.pictures, ...list.unusable];
  const [first] = all;
  let common = 0;
  for (let end = first?.file.indexOf("/") ?? -1; first && end >= 0;) {
    const folder = first.file.slice(0, end + 1);
    if (!all.every(({ file }) => file.startsWith(folder))) break;
    common = folder.length;
    end = first.file.indexOf("/", common);
  }
  for (const found of all) found.file = found.file.slice(common);
  return list;
}

/** All pictures whose name contains `filter`, in the order of their names. Throws `data.*`. */
async function listArchive(path: string, filter: string): Promise<PictureList> {
  const list: PictureList = { pictures: [], unusable: [] };
  const entries = (await readDirectory(path)).sort((a, b) =>
    a.name < b.name ? -1 : a.name > b.name ? 1 : 0,
  );
  for (const entry of entries) {
    const kind = isHidden(entry) ? null : kindOfName(entry.name, filter);
    if (kind === "picture") list.pictures.push(pictureOf(path, entry));
    if (kind === "other format") list.unusable.push({ file: entry.name, reason: otherFormat });
  }
  return withoutCommonFolders(list);
}

const pictureOf = (path: string, entry: ZipEntry): PictureFile => ({
  ...{ file: entry.name, bytes: entry.bytes, path, entry },
  stamp: entry.crc.toString(16),
});

/** The pictures of a folder or archive; `atMost` is for folders. Throws `data.*`. */
export async function listSource(
  path: string,
  filter: string,
  atMost = Infinity,
): Promise<PictureList> {
  const found = await stat(path).catch(() => null);
  return found?.isFile() ? listArchive(path, filter) : listPictures(path, filter, atMost);
}

/** The bytes of a picture, from its file or from its archive. */
export const readPicture = (picture: PictureFile): Promise<Uint8Array> =>
  picture.entry ? readEntry(picture.path, picture.entry) : readWhole(picture.path);
