/**
 * Whether a downloaded file is what it should be: its IDX header and length first, then
 * its checksum where one is known. Nothing is inflated beyond the length that the right file has.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { Problem } from "../../spec/problem.ts";
import { withContent } from "../content.ts";
import { parseIdxHeader } from "../idx-header.ts";
import type { DownloadFile } from "./catalogue.ts";

/** Bytes of the uncompressed content. */
export const contentBytes = ({ sizes }: Pick<DownloadFile, "sizes">): number =>
  4 + 4 * sizes.length + sizes.reduce((product, size) => product * size, 1);

/**
 * Returns the SHA-256 of the uncompressed content. Throws `data.format` when the file at `path` is not the right one, `data.missing` when it cannot be
 * read.
 */
export async function checkFile(path: string, file: DownloadFile): Promise<string> {
  const { checksum } = file;
  const content = await contentSum(path, file);
  if (checksum === null) return content;
  const sum = checksum.of === "content" ? content : await fileSum(path);
  if (sum !== checksum.sha256) throw wrong(file, "its checksum is another one");
  return content;
}

const wrong = ({ name }: DownloadFile, what: string): Problem =>
  new Problem("data.format", `${name} is not the file that was published: ${what}.`);

async function fileSum(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Uint8Array);
  return hash.digest("hex");
}

function contentSum(path: string, file: DownloadFile): Promise<string> {
  const expected = contentBytes(file);
  return withContent(path, async ({ pieces }) => {
    const hash = createHash("sha256");
    let start: Uint8Array = new Uint8Array(0);
    let bytes = 0;
    for await (const piece of pieces) {
      if (start.length < 20) start = Buffer.concat([start, piece.subarray(0, 20)]);
      bytes += piece.length;
      if (bytes > expected) throw wrong(file, `it holds more than ${expected} bytes`);
      hash.update(piece);
    }
    const sizes = parseIdxHeader(file.name, start)?.sizes ?? [];
    if (sizes.join() !== file.sizes.join()) throw wrong(file, "it holds another number of images");
    if (bytes < expected) throw wrong(file, `it holds ${bytes} bytes instead of ${expected}`);
    return hash.digest("hex");
  });
}
