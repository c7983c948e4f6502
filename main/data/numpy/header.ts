/**
 * The header of a NumPy file: magic, version, and a Python dictionary of which only the three
 * entries that every writer makes are understood. Nothing is evaluated.
 * Format: «NumPy enhancement proposal 1», versions 1.0 to 3.0.
 */
import { Problem } from "../../spec/problem.ts";

export interface NpyHeader {
  /** For example «|u1» (bytes) or «<f4». */
  type: string;
  shape: number[];
  /** Bytes before the values. */
  headerBytes: number;
}

/** Enough for the header of any array of images. */
export const headerBytesAtMost = 4096;

const magic = Buffer.from("\x93NUMPY", "latin1");

/** Whether a file begins as NumPy's do. */
export const isNpy = (start: Uint8Array): boolean => magic.equals(start.subarray(0, 6));

const refused = (path: string, what: string): Problem =>
  new Problem("data.format", `${path}: ${what}.`);

/**
 * The header at the beginning of `start`, the first bytes of a file (4,096, or all). Throws
 * `data.format`, naming `path`.
 */
export function parseNpyHeader(path: string, start: Uint8Array): NpyHeader {
  if (!isNpy(start)) throw refused(path, "it is not a NumPy file");
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  const version = start[6] ?? 0;
  const preamble = version === 1 ? 10 : 12;
  if (version < 1 || version > 3) {
    throw refused(path, `it is a NumPy file of the unknown version ${version}`);
  }
  if (start.length < preamble) throw cutOff(path);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const headerBytes = preamble + length;
  if (headerBytes > headerBytesAtMost) {
    throw refused(
      path,
      `its header has ${length.toLocaleString("en")} bytes, more than any array of images needs`,
    );
  }
  if (headerBytes > start.length) throw cutOff(path);
  const text = Buffer.from(start.subarray(preamble, headerBytes)).toString("latin1");
  const type = /'descr'\s*:\s*'([^']{1,20})'/.exec(text)?.[1];
  const order = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const sizes = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (type === undefined || order === undefined || sizes === undefined) {
    throw refused(
      path,
      "it holds no plain array of numbers; save the images as one array of uint8",
    );
  }
  if (order === "True") {
    throw refused(path, "its values are in Fortran's order; save it with numpy.ascontiguousarray");
  }
  const shape = sizes
    .split(",")
    .map((size) => size.trim())
    .filter(Boolean)
    .map(Number);
  return { type, shape, headerBytes };
}

const cutOff = (path: string): Problem =>
  refused(path, "it ends inside its header; download or copy it again");
