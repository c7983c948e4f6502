/**
 * One attempt to bring a file from one address: what has already arrived is kept, and only the rest
 * is asked for. Whether the bytes are the right ones is not known here.
 */
import { open, type FileHandle } from "node:fs/promises";
import { fileProblem } from "../../files/file-problem.ts";
import { DownloadFailure, networkFailure, statusFailure } from "./failure.ts";
import { redirected } from "./redirect.ts";
import { readPart, removePart, writeNote, type PartNote } from "./part.ts";

export interface FetchOptions {
  /** Ends the attempt; what has arrived is kept. */
  signal: AbortSignal;
  /** Milliseconds without a byte after which the attempt is given up. */
  silence: number;
  /** Bytes that the file may have at most, so that no server can fill the disk. */
  limit: number;
  /** Called after every piece: bytes of this file that are there, and how many there will be. */
  onBytes: (bytes: number, total: number | null) => void;
}

const redirectsAtMost = 5;

/**
 * Resolves when the whole file lies in `part`; true when it began with bytes of an earlier attempt.
 * Throws `DownloadFailure`, `disk.full`, `file.unwritable`, or the signal's reason.
 */
export async function fetchPart(url: string, part: string, options: FetchOptions) {
  const { have, note } = await readPart(part, url);
  if (have === note?.total) return true;
  const patience = createPatience(options.silence);
  const signal = AbortSignal.any([options.signal, patience.signal]);
  try {
    const response = await follow(url, { signal, headers: headersFor(have, note) });
    patience.heard();
    const first = await firstByte(response, part, have, note);
    if (first === 0) await writeNote(part, noteOf(url, response));
    const total = first === 0 ? lengthOf(response) : (note?.total ?? null);
    if (total !== null && total > options.limit) throw tooLarge();
    const bytes = await receive(response, part, first, total, patience.heard, options);
    if (total !== null && bytes < total) throw new DownloadFailure("it stopped half-way", true);
    return first > 0;
  } catch (thrown) {
    options.signal.throwIfAborted();
    if (patience.signal.aborted) {
      const seconds = Math.max(1, Math.round(options.silence / 1000));
      throw new DownloadFailure(`nothing came for ${seconds} s`, true, { cause: thrown });
    }
    // Own errors and those of the disk pass; what remains is of the network.
    throw thrown instanceof TypeError || isStreamError(thrown) ? networkFailure(thrown) : thrown;
  } finally {
    patience.end();
  }
}

/** The answer behind at most so many redirects, each of them judged. */
async function follow(url: string, init: RequestInit): Promise<Response> {
  let address = new URL(url);
  for (let hops = 0; hops <= redirectsAtMost; hops++) {
    const response = await fetch(address, { ...init, redirect: "manual" });
    if (![301, 302, 303, 307, 308].includes(response.status)) return response;
    await response.body?.cancel();
    address = redirected(address, response.headers.get("location"));
  }
  throw new DownloadFailure("it redirects without end", false);
}

/** undici breaks a body off with its own errors, which say so by their code. */
const isStreamError = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  "code" in thrown &&
  /^(UND_ERR|ECONN|EPIPE|Z_)/.test(String(thrown.code));

function headersFor(have: number, note: PartNote | null): Record<string, string> {
  // A compressed transfer would count other bytes than the file has.
  const plain = { "accept-encoding": "identity" };
  if (have === 0) return plain;
  const range = { ...plain, range: `bytes=${have}-` };
  return note?.validator ? { ...range, "if-range": note.validator } : range;
}

/** Where in the file the answer's body begins: 0, or after what is there. */
async function firstByte(
  response: Response,
  part: string,
  have: number,
  note: PartNote | null,
): Promise<number> {
  if (response.status === 200) return 0;
  if (have > 0 && response.status === 206) {
    const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get("content-range") ?? "");
    const total = range?.[2] === "*" ? null : Number(range?.[2]);
    const isSame = total === null || note?.total === null || total === note?.total;
    if (range && Number(range[1]) === have && isSame) return have;
  }
  if (response.status !== 206 && response.status !== 416) throw statusFailure(response.status);
  await removePart(part);
  throw new DownloadFailure("it answered with another part than was asked for", true);
}

function noteOf(url: string, response: Response): PartNote {
  const tag = response.headers.get("etag");
  // If-Range takes strong names only.
  const strong = tag?.startsWith('"') ? tag : response.headers.get("last-modified");
  return { url, validator: strong, total: lengthOf(response) };
}

/** Null when the server does not tell, or counts the bytes of a compressed transfer. */
function lengthOf(response: Response): number | null {
  const length = response.headers.get("content-length");
  const encoding = response.headers.get("content-encoding") ?? "identity";
  return length === null || encoding !== "identity" ? null : Number(length);
}

const tooLarge = () => new DownloadFailure("its file is larger than this one can be", false);

/** Appends the body to the part; returns the part's length. */
async function receive(
  response: Response,
  part: string,
  first: number,
  total: number | null,
  heard: () => void,
  { limit, onBytes }: FetchOptions,
): Promise<number> {
  if (!response.body) throw new DownloadFailure("it answered nothing", true);
  const disk = <Result>(work: Promise<Result>): Promise<Result> =>
    work.catch((thrown: unknown) => {
      throw fileProblem(thrown, part);
    });
  const file = await disk(open(part, first === 0 ? "w" : "a"));
  try {
    let bytes = first;
    onBytes(bytes, total);
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      heard();
      bytes += piece.length;
      if (bytes > limit) throw tooLarge();
      await disk(append(file, piece));
      onBytes(bytes, total);
    }
    return bytes;
  } finally {
    await file.close();
  }
}

/** Not durable, and need not be: a part that is lost or wrong is fetched again. */
async function append(file: FileHandle, piece: Uint8Array): Promise<void> {
  for (let done = 0; done < piece.length;) {
    done += (await file.write(piece, done)).bytesWritten;
  }
}

/** A signal that aborts when nothing is heard for so long. */
function createPatience(milliseconds: number) {
  const controller = new AbortController();
  let timer: NodeJS.Timeout;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      controller.abort();
    }, milliseconds);
  };
  heard();
  return {
    signal: controller.signal,
    heard,
    /** Also ends an answer whose body nobody has read. */
    end: () => {
      clearTimeout(timer);
      controller.abort();
    },
  };
}
