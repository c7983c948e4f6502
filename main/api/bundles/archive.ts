/**
 * A bundle as a ZIP archive from a stranger: its directory is judged as a whole before a byte of its
 * files is read. Names are compared, never joined to a path: what is no file of a bundle is refused,
 * and with it every name that leads elsewhere.
 */
import { statfs } from "node:fs/promises";
import type { Entry } from "yauzl";
import type { ZipEntry } from "../../data/zip/directory.ts";
import { entryPieces } from "../../data/zip/entry.ts";
import { openArchive } from "../../data/zip/open.ts";
import { Problem } from "../../spec/problem.ts";
import { decodeManifest, filesOf, invalidBundle, manifestFile, type Manifest } from "./manifest.ts";
import { measurementsFile } from "./measurements-file.ts";

const gibibyte = 1024 ** 3;
const filesAtMost = 100_000;
const bytesAtMost = 256 * gibibyte;
/** For what is read into memory. */
const memoryAtMost = gibibyte;
const manifestAtMost = 64 * 1024 ** 2;
/** Float32 values and PNG hardly shrink; what shrinks so far is a bomb. */
const ratioAtMost = 100;
/** Directories of ZIP64 may claim any number; each record has at least so many bytes. */
const leastRecord = 46;

const fileName =
  /^(?:manifest\.json|measurements\.safetensors|checkpoints\/step-\d{9,16}\.safetensors|samples\/step-\d{9,16}\.png)$/;

export interface BundleArchive {
  manifest: Manifest;
  /** The content of a file that the manifest names, in pieces. Throws `bundle.invalid`. */
  pieces(file: string): AsyncIterable<Uint8Array>;
}

/**
 * What is said of the files is consistent then, and there is room for them below `folder`; their
 * content has not been looked at. Throws `bundle.invalid`, `bundle.newer`, `data.missing`, `disk.full`.
 */
export async function openBundle(path: string, folder: string): Promise<BundleArchive> {
  const entries = await directoryOf(path);
  const first = entries.get(manifestFile);
  if (!first) throw invalidBundle(path, "it has no manifest, so it is no bundle of a run");
  if (first.bytes > manifestAtMost) throw invalidBundle(path, "its manifest is far too large");
  const parts: Uint8Array[] = [];
  for await (const piece of contentOf(path, first)) parts.push(piece);
  const manifest = decodeManifest(Buffer.concat(parts), path);
  checkContents(path, manifest, entries);
  await requireRoom(folder, manifest);
  return {
    manifest,
    pieces: (file) => contentOf(path, entries.get(file) as ZipEntry),
  };
}

async function directoryOf(path: string): Promise<Map<string, ZipEntry>> {
  try {
    const { zip, close } = await openArchive(path);
    try {
      if (zip.entryCount > filesAtMost || zip.entryCount * leastRecord > zip.fileSize)
        throw invalidBundle(path, "it claims to hold more files than it can");
      const entries = new Map<string, ZipEntry>();
      let records = 0;
      for await (const record of zip.eachEntry()) {
        records++;
        const entry = entryOf(path, record);
        if (entries.has(entry.name)) throw invalidBundle(path, `it holds «${entry.name}» twice`);
        entries.set(entry.name, entry);
      }
      if (records === 0) throw invalidBundle(path, "it is empty");
      checkSizes(path, [...entries.values()], zip.fileSize);
      return entries;
    } finally {
      await close();
    }
  } catch (thrown) {
    throw asBundleProblem(path, thrown, "it is no ZIP archive, or its end is cut off or damaged");
  }
}

function entryOf(path: string, record: Entry): ZipEntry {
  // As bytes: a name of other letters than these is refused, however it would be decoded.
  const name = record.fileNameRaw.toString("latin1");
  if (!fileName.test(name))
    throw invalidBundle(path, `it holds a file «${name.slice(0, 80)}», which no bundle has`);
  const mode = record.versionMadeBy >> 8 === 3 ? record.externalFileAttributes >>> 16 : 0;
  if (![0, 0o100000].includes(mode & 0o170000))
    throw invalidBundle(path, `«${name}» in it is a link or device, not a file`);
  if (record.isEncrypted()) throw invalidBundle(path, `«${name}» in it is encrypted`);
  if (record.compressionMethod !== 0 && record.compressionMethod !== 8)
    throw invalidBundle(path, `«${name}» in it is packed by an unusual method`);
  return {
    name,
    method: record.compressionMethod,
    isEncrypted: false,
    crc: record.crc32,
    packedBytes: record.compressedSize,
    bytes: record.uncompressedSize,
    at: record.relativeOffsetOfLocalHeader,
  };
}

/** No two files share bytes of the archive, and together they do not grow beyond reason. */
function checkSizes(path: string, entries: readonly ZipEntry[], archiveBytes: number): void {
  let end = 0;
  let total = 0;
  for (const { name, at, packedBytes, bytes } of entries.toSorted((a, b) => a.at - b.at)) {
    if (at < end) throw invalidBundle(path, "its files overlap, as in no honest archive");
    // The header of a file has 30 bytes and its name at least.
    end = at + 30 + name.length + packedBytes;
    total += bytes;
  }
  if (end > archiveBytes) throw invalidBundle(path, "it is cut off: a file ends behind its end");
  if (total > bytesAtMost || total > archiveBytes * ratioAtMost)
    throw invalidBundle(
      path,
      `it would grow from ${archiveBytes.toLocaleString("en")} to ${total.toLocaleString("en")} bytes, as no honest bundle does`,
    );
}

/** The manifest names exactly the files that are there, in the sizes that they have. */
function checkContents(
  path: string,
  manifest: Manifest,
  entries: ReadonlyMap<string, ZipEntry>,
): void {
  const files = filesOf(manifest);
  for (const { file, bytes } of files) {
    const entry = entries.get(file);
    if (!entry) throw invalidBundle(path, `its file «${file}» is missing`);
    if (entry.bytes !== bytes)
      throw invalidBundle(path, `«${file}» in it has another size than its manifest says`);
  }
  const named = new Set([manifestFile, ...files.map(({ file }) => file)]);
  const extra = [...entries.keys()].find((name) => !named.has(name));
  if (extra !== undefined)
    throw invalidBundle(path, `it holds a file «${extra}» that its manifest does not name`);
  if (manifest.measurements.bytes > memoryAtMost)
    throw invalidBundle(path, `«${measurementsFile}» in it is far too large`);
}

async function requireRoom(folder: string, manifest: Manifest): Promise<void> {
  const needed = filesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0);
  const found = await statfs(folder).catch(() => null);
  // Some file systems do not tell; there the disk itself will.
  if (!found || found.blocks === 0 || found.bavail * found.bsize >= needed) return;
  throw new Problem(
    "disk.full",
    `The bundle needs ${Math.ceil(needed / 1024 ** 2).toLocaleString("en")} MiB in ${folder}, and less is free. Free some space, then import it again.`,
  );
}

async function* contentOf(path: string, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* entryPieces(path, entry);
  } catch (thrown) {
    throw asBundleProblem(path, thrown, `«${entry.name}» in it is damaged`);
  }
}

/** What reading a data set's archive would say, said of a bundle. */
function asBundleProblem(path: string, thrown: unknown, what: string): unknown {
  if (thrown instanceof Problem)
    return thrown.code === "data.format" ? invalidBundle(path, what, thrown) : thrown;
  if (!(thrown instanceof Error)) return thrown;
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  if (code === undefined || syscall === undefined) return invalidBundle(path, what, thrown);
  const why = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
  return new Problem("data.missing", `${path} ${why}; name a bundle that «bundle» has written.`, {
    cause: thrown,
  });
}
