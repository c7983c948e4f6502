/**
 * The header of an IDX file, the format of MNIST (LeCun, Cortes and Burges): two zero bytes, the
 * type of the values, the number of dimensions, then their sizes, big-endian. Only what the bytes
 * say; whether it is true, `idx.ts` finds out.
 */
import { Problem } from "../spec/problem.ts";
import { formatShape } from "../spec/shape.ts";

/** Bytes that a data set may have in all. */
const largestBytes = 8 * 1024 ** 3;

/** Files of this type hold bytes; the others are named so that the person knows what they have. */
const unsignedByte = 0x08;
const otherTypes: Record<number, string> = {
  0x09: "signed bytes",
  0x0b: "16-bit integers",
  0x0c: "32-bit integers",
  0x0d: "32-bit floating-point numbers",
  0x0e: "64-bit floating-point numbers",
};

/** More dimensions than this no supported file has, and no header needs more bytes. */
const highestRank = 4;

export interface IdxHeader {
  /** Number of items, then the size of one, for example [60000, 28, 28]. */
  sizes: number[];
  /** Bytes that the sizes promise after the header. */
  dataBytes: number;
  /** Length of the header itself. */
  headerBytes: number;
}

export const formatCount = (count: number): string => count.toLocaleString("en");

export const plural = (count: number, one: string): string =>
  `${formatCount(count)} ${one}${count === 1 ? "" : "s"}`;

const refused = (path: string, what: string): Problem =>
  new Problem("data.format", `${path}: ${what}.`);

const knownStarts: readonly (readonly [string, readonly number[]])[] = [
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG picture", [0xff, 0xd8, 0xff]],
  ["a ZIP archive", [0x50, 0x4b, 0x03, 0x04]],
  ["a NumPy file", [0x93, 0x4e, 0x55, 0x4d]],
];

function foreign(path: string, start: Uint8Array): Problem {
  const known = knownStarts.find(([, bytes]) => bytes.every((byte, i) => start[i] === byte));
  const what = known
    ? `it is ${known[0]}, not an IDX file; convert it to IDX`
    : "it is not an IDX file (those begin with two zero bytes); choose an IDX file such as train-images-idx3-ubyte.gz, a CSV or NumPy file, a ZIP archive, or a folder of pictures";
  return refused(path, what);
}

/**
 * The header at the beginning of `bytes`; null while more bytes are needed (at most 20 are).
 * Throws `data.format` or `data.empty`, naming `path`.
 */
export function parseIdxHeader(path: string, bytes: Uint8Array): IdxHeader | null {
  if (bytes.length < 4) return null;
  const [zeroA, zeroB, type, rank] = [...bytes.subarray(0, 4)] as [number, number, number, number];
  if (zeroA !== 0 || zeroB !== 0) throw foreign(path, bytes);
  if (type !== unsignedByte) {
    const name = otherTypes[type] ?? `values of the unknown type ${type}`;
    throw refused(path, `it holds ${name}; only IDX files of unsigned bytes can be read`);
  }
  if (rank < 1 || rank > highestRank) {
    throw refused(path, `it has ${plural(rank, "dimension")}; images have 3 or 4, labels have 1`);
  }
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sizes = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  if (sizes[0] === 0) {
    throw new Problem("data.empty", `${path}: its header tells of 0 items; choose another file.`);
  }
  if (sizes.includes(0)) {
    throw refused(path, `its items have the size ${formatShape(sizes.slice(1))}, which is nothing`);
  }
  // Beyond 2⁵³ numbers grow coarser but not smaller, so the comparison stays right.
  const dataBytes = sizes.reduce((product, size) => product * size, 1);
  if (dataBytes > largestBytes) {
    throw refused(
      path,
      `its header tells of ${sizes.map(formatCount).join(" × ")} bytes, more than the ` +
        `${formatCount(largestBytes / 1024 ** 3)} GiB that can be used; the header is most likely wrong`,
    );
  }
  return { sizes, dataBytes, headerBytes };
}
