/**
 * Which files of a folder and of the folders below it are pictures, by their names alone. The order
 * is that of the paths and so the same on every machine. Links are followed; a folder that is
 * reached twice, as in a circle of links, counts once.
 */
import { readdir, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import type { UnusableFile } from "../dataset.ts";
import type { ZipEntry } from "../zip/directory.ts";

/** A picture that can be asked for its bytes; what it holds is not known yet. */
export interface PictureFile {
  /** Below the folder that was named, with forward slashes. */
  file: string;
  /** Bytes on the disk. */
  bytes: number;
  /** Changes when the content does. */
  stamp: string;
  /** Where it lies, or the archive that it lies in. */
  path: string;
  /** Its place in the archive. */
  entry?: ZipEntry;
}

export interface PictureList<File = PictureFile> {
  pictures: File[];
  unusable: UnusableFile[];
}

const picturesAtMost = 1_000_000;
const deepest = 64;
const asked = 64;

const readable = /\.(png|jpe?g|jfif|webp|bmp|dib)$/i;
const otherPictures = /\.(gif|tiff?|avif|heic|heif|jxl|svg|ico|tga|ppm|pgm)$/i;

/** What a name tells: a picture, a picture of a format that cannot be read, or none of ours. */
export function kindOfName(file: string, filter: string): "picture" | "other format" | null {
  const name = basename(file);
  if (name.startsWith(".") || !name.includes(filter)) return null;
  if (readable.test(name)) return "picture";
  return otherPictures.test(name) ? "other format" : null;
}

export const otherFormat =
  "only PNG, JPEG, WebP and BMP pictures can be used; convert it to one of them";

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

interface Walk {
  filter: string;
  list: PictureList;
  /** Folders that were looked into, by device and number. */
  seen: Set<string>;
  /** Folders that links lead to: looked into last, so that a file has its own folder's name. */
  linked: Place[];
  atMost: number;
}

interface Place {
  path: string;
  /** Path below the folder that was named; ends in a slash unless it is empty. */
  below: string;
}

/**
 * All pictures whose name contains `filter`, and the files that cannot be used as far as names tell.
 * Ends early once there are `atMost` pictures. Throws `data.missing` when the folder cannot be read
 * and `data.format` when it holds too many pictures.
 */
export async function listPictures(
  folder: string,
  filter: string,
  atMost = Infinity,
): Promise<PictureList> {
  const list: PictureList = { pictures: [], unusable: [] };
  const walk: Walk = { filter, list, seen: new Set(), linked: [], atMost };
  try {
    await lookInto(walk, { path: folder, below: "" });
  } catch (thrown) {
    throw unreadable(thrown, folder);
  }
  for (let place = walk.linked.shift(); place; place = walk.linked.shift()) {
    await lookIntoBelow(walk, place);
  }
  list.pictures.sort((a, b) => byName(a.file, b.file));
  list.unusable.sort((a, b) => byName(a.file, b.file));
  return list;
}

async function lookInto(walk: Walk, { path, below }: Place): Promise<void> {
  const { dev, ino } = await stat(path, { bigint: true });
  const identity = `${dev}:${ino}`;
  if (walk.seen.has(identity)) return;
  walk.seen.add(identity);
  const entries = await readdir(path, { withFileTypes: true });
  const folders: Place[] = [];
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => byName(a.name, b.name))) {
    if (entry.name.startsWith(".") || entry.name === "__MACOSX") continue;
    const inside = { path: join(path, entry.name), below: `${below}${entry.name}/` };
    if (entry.isDirectory()) folders.push(inside);
    else if (entry.isSymbolicLink() && (await leadsToFolder(inside.path))) walk.linked.push(inside);
    else files.push(entry.name);
  }
  for (let at = 0; at < files.length && walk.list.pictures.length < walk.atMost; at += asked) {
    const some = files.slice(at, at + asked);
    await Promise.all(some.map((name) => take(walk, join(path, name), below + name)));
  }
  if (walk.list.pictures.length > picturesAtMost) {
    throw new Problem(
      "data.format",
      `${path} and the folders beside it hold more than ${picturesAtMost.toLocaleString("en")} pictures; name a smaller folder.`,
    );
  }
  for (const folder of folders) {
    if (walk.list.pictures.length >= walk.atMost) return;
    await lookIntoBelow(walk, folder);
  }
}

/** A folder inside that cannot be read is left out like a file. */
async function lookIntoBelow(walk: Walk, place: Place): Promise<void> {
  try {
    if (place.below.split("/").length > deepest) return;
    await lookInto(walk, place);
  } catch (thrown) {
    walk.list.unusable.push({ file: place.below, reason: reasonOf(thrown, place.path) });
  }
}

async function take({ filter, list }: Walk, path: string, file: string): Promise<void> {
  const kind = kindOfName(file, filter);
  if (kind === null) return;
  if (kind === "other format") {
    list.unusable.push({ file, reason: otherFormat });
    return;
  }
  try {
    const found = await stat(path);
    if (found.isFile()) {
      list.pictures.push({ file, bytes: found.size, stamp: String(found.mtimeMs), path });
    } else {
      list.unusable.push({ file, reason: "it is a device or pipe, not a file" });
    }
  } catch (thrown) {
    list.unusable.push({ file, reason: reasonOf(thrown, path) });
  }
}

const leadsToFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** Why a file or folder cannot be read, without its path. Anything unexpected is thrown on. */
export function reasonOf(thrown: unknown, path: string): string {
  const problem = unreadable(thrown, path);
  if (!(problem instanceof Problem) || problem.code !== "data.missing") throw problem;
  return problem.message.replace(`${path} cannot be read: `, "").replace(/\.$/, "");
}
