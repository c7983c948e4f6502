/**
 * One file from the first mirror that has it: attempts with growing waits, then the check, then into
 * its place, durably. Only a file that passed its check ever gets its name.
 */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { durableWrite } from "../../files/durable-write.ts";
import { Problem } from "../../spec/problem.ts";
import type { DownloadFile } from "./catalogue.ts";
import { checkFile, contentBytes } from "./check-file.ts";
import { DownloadFailure } from "./failure.ts";
import { fetchPart, type FetchOptions } from "./fetch-part.ts";
import { agreesWithFirst, keepFirst } from "./first-sum.ts";
import { partPath, removePart } from "./part.ts";
import { transposedFile } from "./transpose.ts";

export interface DownloadOptions extends Pick<FetchOptions, "signal" | "onBytes"> {
  /** Milliseconds without a byte after which an attempt is given up. Default: 30 s. */
  silence?: number;
  /** Milliseconds before the second attempt; each further wait is twice as long. Default: 1 s. */
  firstWait?: number;
}

/** Attempts at one mirror that bring nothing new, and attempts at all. */
const fruitlessAttempts = 4;
const attemptsAtMost = 50;

/**
 * Returns when the file lies in `folder`, checked. One that is there already and right is not fetched
 * again. Throws `download.failed` when no mirror could give it, `disk.full`,
 * `file.unwritable`, or the signal's reason; what has arrived is kept for the next time.
 */
export async function downloadFile(
  file: DownloadFile,
  mirrors: readonly string[],
  folder: string,
  options: DownloadOptions,
): Promise<void> {
  const path = join(folder, file.name);
  if (await isPresent(path, file)) return;
  const complaints: string[] = [];
  for (const mirror of mirrors) {
    const complaint = await fromMirror(file, mirror, path, options);
    if (complaint === null) return;
    complaints.push(`${new URL(mirror).host}: ${complaint}`);
  }
  throw new Problem(
    "download.failed",
    `${file.name} could not be downloaded (${complaints.join("; ")}). ` +
      "Check the network and try again: what has arrived is kept.",
  );
}

async function isPresent(path: string, file: DownloadFile): Promise<boolean> {
  try {
    await checkFile(path, file);
    return true;
  } catch (thrown) {
    // Missing or damaged: both are cured by fetching it.
    if (thrown instanceof Problem) return false;
    throw thrown;
  }
}

/** Null when the file is in its place, else why this mirror could not give it. */
async function fromMirror(
  file: DownloadFile,
  mirror: string,
  path: string,
  { silence = 30_000, firstWait = 1000, signal, onBytes }: DownloadOptions,
): Promise<string | null> {
  const part = partPath(path);
  // No wrapper makes a file much longer than its content.
  const limit = contentBytes(file) + 1024 * 1024;
  let fruitless = 0;
  for (let attempt = 1; ; attempt++) {
    const before = await lengthOf(part);
    let failure: DownloadFailure;
    try {
      const fetching = { signal, silence, limit, onBytes };
      const continued = await fetchPart(`${mirror}${file.name}`, part, fetching);
      await place(file, part, path, continued);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof DownloadFailure)) throw thrown;
      failure = thrown;
    }
    fruitless = (await lengthOf(part)) > before ? 0 : fruitless + 1;
    const isOver = fruitless === fruitlessAttempts || attempt === attemptsAtMost;
    if (!failure.mayPass || isOver) return failure.message;
    await delay(firstWait * 2 ** Math.max(0, fruitless - 1), undefined, { signal }).catch(
      () => undefined,
    );
    signal.throwIfAborted();
  }
}

const lengthOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );

/** Checks the part and gives it its name. A wrong one is removed, for nothing can be built on it. */
async function place(
  file: DownloadFile,
  part: string,
  path: string,
  continued: boolean,
): Promise<void> {
  try {
    const content = await checkFile(part, file);
    if (file.checksum === null) await requireFirst(path, file, content);
  } catch (thrown) {
    if (!isWrongContent(thrown)) throw thrown;
    await removePart(part);
    // Two halves of different files do not fit; a file that came in one piece is simply wrong.
    throw new DownloadFailure("what it sent is not the published file", continued, {
      cause: thrown,
    });
  }
  const [, size] = file.sizes;
  const isTurned = file.isTransposed && size !== undefined;
  const pieces = isTurned ? transposedFile(part, size) : createReadStream(part);
  await durableWrite(path, pieces as AsyncIterable<Uint8Array>);
  await removePart(part);
}

/** And not a file that cannot be read, or a full disk. */
const isWrongContent = (thrown: unknown): boolean =>
  thrown instanceof Problem && ["data.format", "data.empty"].includes(thrown.code);

/** For want of a published checksum. Throws `data.format` when it is not what came the first time. */
async function requireFirst(path: string, file: DownloadFile, content: string): Promise<void> {
  if (!(await agreesWithFirst(path, content))) {
    throw new Problem("data.format", `${file.name} is not the file that came the first time.`);
  }
  await keepFirst(path, content);
}
