/** What a ZIP archive holds, by the directory at its end, held against the file's length. */
import { getFileNameLowLevel, type Entry, type ZipFile } from "yauzl";
import { Problem } from "../../spec/problem.ts";
import { unreadable } from "../content.ts";
import { openArchive } from "./open.ts";

export interface ZipEntry {
  /** As it stands in the archive, with forward slashes, without «./» before it; it may lead anywhere. */
  name: string;
  /** 0: stored as it is; 8: deflated; others cannot be read. */
  method: number;
  isEncrypted: boolean;
  /** Of the content, when it is whole. */
  crc: number;
  /** Bytes in the archive, and unpacked. */
  packedBytes: number;
  bytes: number;
  /** Where the entry's own header lies. */
  at: number;
}

/** Memory is taken for all of them; a million pictures may each have a text beside them. */
const entriesAtMost = 4_000_000;

/** What systems keep for themselves, beside what people packed. */
export const isHidden = ({ name }: Pick<ZipEntry, "name">): boolean =>
  name.split("/").some((part) => part.startsWith(".") || part === "__MACOSX");

const refused = (path: string, what: string, cause?: unknown): Problem =>
  new Problem("data.format", `${path}: ${what}.`, { cause });

/** Whether a file begins as ZIP archives do. */
export const isZip = (start: Uint8Array): boolean =>
  Buffer.from("PK\x03\x04", "latin1").equals(start.subarray(0, 4));

/** All files of the archive, in its order. Throws `data.missing` or `data.format`, naming `path`. */
export async function readDirectory(path: string): Promise<ZipEntry[]> {
  try {
    const { zip, close } = await openArchive(path);
    try {
      return await entriesOf(path, zip);
    } finally {
      await close();
    }
  } catch (thrown) {
    const problem = unreadable(thrown, path);
    if (problem instanceof Problem) throw problem;
    const what = "its ZIP directory is cut off or damaged; download or copy it again";
    throw refused(path, what, thrown);
  }
}

async function entriesOf(path: string, zip: ZipFile): Promise<ZipEntry[]> {
  if (zip.entryCount > entriesAtMost) {
    throw refused(path, "it holds more files than can be listed; unpack it to several folders");
  }
  const entries: ZipEntry[] = [];
  let packed = 0;
  for await (const record of zip.eachEntry()) {
    const entry = entryOf(record);
    if (entry.at + entry.packedBytes > zip.fileSize) throw new Error("it ends behind the file");
    packed += entry.packedBytes;
    if (!entry.name.endsWith("/")) entries.push(entry);
  }
  // Entries that share their bytes make small archives of endless content (Fifield 2019).
  if (packed > zip.fileSize) {
    throw refused(path, "its files overlap each other, as in no honest archive");
  }
  return entries;
}

/** Without the bytes that yauzl keeps of it, which for many entries are most of the memory. */
const entryOf = (record: Entry): ZipEntry => ({
  name: getFileNameLowLevel(
    record.generalPurposeBitFlag,
    record.fileNameRaw,
    record.extraFields,
    false,
  ).replace(/^(?:\.\/)+/, ""),
  method: record.compressionMethod,
  isEncrypted: record.isEncrypted(),
  crc: record.crc32,
  packedBytes: record.compressedSize,
  bytes: record.uncompressedSize,
  at: record.relativeOffsetOfLocalHeader,
});
