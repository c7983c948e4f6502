/**
 * Named tensors and text in one file that holds no code: what checkpoints are stored in. Reads and
 * writes float64, float32, float16, int32 and uint8; the machine must be little-endian, as all that run this are.
 * Format: https://github.com/huggingface/safetensors, «Format». Reading checks everything first: a
 * file that was cut, changed or made to deceive is a `Problem`, never a crash or a wrong number.
 */
import { Problem } from "../spec/problem.ts";
import {
  brief,
  MalformedHeader,
  parseHeader,
  type SafetensorsHeader,
  type TensorEntry,
} from "./safetensors-header.ts";

/** A `Uint16Array` holds float16 values as their bits; nothing here computes with them. */
type TensorValues = Float64Array | Float32Array | Int32Array | Uint16Array | Uint8Array;

export interface StoredTensor {
  /** Empty for a single value. */
  shape: readonly number[];
  values: TensorValues;
}

export interface TensorFile {
  tensors: Readonly<Record<string, StoredTensor>>;
  metadata: Readonly<Record<string, string>>;
}

/** The format's own limit. */
const headerLimit = 100_000_000;
const lengthBytes = 8;

const types = {
  F64: { of: Float64Array, bytes: 8 },
  F32: { of: Float32Array, bytes: 4 },
  I32: { of: Int32Array, bytes: 4 },
  F16: { of: Uint16Array, bytes: 2 },
  U8: { of: Uint8Array, bytes: 1 },
} as const;

type TypeName = keyof typeof types;

const isTypeName = (name: string): name is TypeName => Object.hasOwn(types, name);

function typeNameOf(values: TensorValues): TypeName {
  if (values instanceof Float64Array) return "F64";
  if (values instanceof Float32Array) return "F32";
  if (values instanceof Uint16Array) return "F16";
  return values instanceof Int32Array ? "I32" : "U8";
}

/**
 * The file as pieces to write one after the other; all but the first are the tensors' own memory,
 * not copies. The same input gives the same bytes. Throws `RangeError` for a name, shape or text that the
 * format cannot hold.
 */
export function encodeSafetensors(
  tensors: TensorFile["tensors"],
  metadata: TensorFile["metadata"],
): Uint8Array[] {
  // Wide values first keeps every tensor at a multiple of its value's size.
  const ordered = Object.entries(tensors).sort(
    ([, a], [, b]) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT,
  );
  const texts = textFields(metadata);
  const fields = texts === "" ? [] : [`"__metadata__":{${texts}}`];
  let offset = 0;
  for (const [name, { shape, values }] of ordered) {
    if (name === "__metadata__") throw new RangeError("No tensor may be named __metadata__.");
    if (checkedSize(shape) !== values.length) {
      throw new RangeError(
        `${name}: the shape [${shape.join(", ")}] does not fit ${values.length} values.`,
      );
    }
    const end = offset + values.byteLength;
    const entry = { dtype: typeNameOf(values), shape, data_offsets: [offset, end] };
    // Not as one object: the name __proto__ would be lost in it.
    fields.push(`${quoted(name)}:${JSON.stringify(entry)}`);
    offset = end;
  }
  const pieces = ordered.map(
    ([, { values }]) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  );
  return [encodeHeader(`{${fields.join(",")}}`), ...pieces];
}

/**
 * The file's tensors; their arrays are views of `bytes` where it is aligned for that, else copies.
 * `file` names it in messages. Throws `checkpoint.damaged`.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): TensorFile {
  try {
    const { header, data } = splitFile(bytes);
    checkPlaces(header.entries, data.length);
    const tensors = withoutPrototype<StoredTensor>();
    for (const [name, entry] of header.entries) tensors[name] = tensorOf(name, entry, data);
    const metadata = Object.assign(withoutPrototype<string>(), Object.fromEntries(header.metadata));
    return { tensors, metadata };
  } catch (thrown) {
    if (!(thrown instanceof MalformedHeader)) throw thrown;
    throw new Problem(
      "checkpoint.damaged",
      `${file} is damaged and was not used: ${thrown.message}. Use an earlier checkpoint or a copy of the file.`,
    );
  }
}

/** A file may name a tensor `__proto__` or `constructor`; here these are names like any other. */
const withoutPrototype = <Value>() => Object.create(null) as Record<string, Value>;

function encodeHeader(json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  const length = Math.ceil(text.length / 8) * 8;
  if (length > headerLimit) throw new RangeError("Too many tensors or too much text for one file.");
  const header = new Uint8Array(lengthBytes + length).fill(0x20, lengthBytes);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, lengthBytes);
  return header;
}

const textFields = (metadata: Readonly<Record<string, string>>): string =>
  Object.entries(metadata)
    .map(([key, value]) => `${quoted(key)}:${quoted(value)}`)
    .join(",");

function quoted(text: string): string {
  if (!text.isWellFormed()) throw new RangeError(`«${brief(text)}» is not valid Unicode text.`);
  return JSON.stringify(text);
}

function splitFile(bytes: Uint8Array): {
  header: SafetensorsHeader;
  data: Uint8Array;
} {
  if (bytes.length < lengthBytes) throw new MalformedHeader("it is too short");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  if (length > headerLimit) throw new MalformedHeader("its header has an impossible length");
  const end = lengthBytes + length;
  if (end > bytes.length) throw new MalformedHeader("it ends inside its header");
  const text = decodeText(bytes.subarray(lengthBytes, end));
  // The format wants the brace first; the reader would skip spaces.
  if (!text.startsWith("{")) throw new MalformedHeader("its header does not start with a brace");
  return { header: parseHeader(text), data: bytes.subarray(end) };
}

function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new MalformedHeader("its header is not UTF-8 text");
  }
}

/** Tensors must cover the data without holes or overlaps, in whatever order they are listed. */
function checkPlaces(entries: ReadonlyMap<string, TensorEntry>, dataLength: number): void {
  const placed = [...entries].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end);
  let offset = 0;
  for (const [name, { begin, end }] of placed) {
    if (begin !== offset || end < begin)
      throw new MalformedHeader(`«${brief(name)}» does not start where the one before it ends`);
    offset = end;
  }
  if (offset !== dataLength)
    throw new MalformedHeader(
      `it holds ${dataLength} bytes of values where ${offset} are described`,
    );
}

function tensorOf(name: string, entry: TensorEntry, data: Uint8Array): StoredTensor {
  const { dtype, shape, begin, end } = entry;
  if (!isTypeName(dtype))
    throw new MalformedHeader(`«${brief(name)}» has values of the unknown type «${brief(dtype)}»`);
  const type = types[dtype];
  const size = checkedSize(shape);
  if (size === undefined || size * type.bytes !== end - begin)
    throw new MalformedHeader(`the shape of «${brief(name)}» does not fit its bytes`);
  const bytes = data.subarray(begin, end);
  // Not `slice`: that of a Buffer is no copy.
  const aligned = bytes.byteOffset % type.bytes === 0 ? bytes : new Uint8Array(bytes);
  const memory = aligned.buffer as ArrayBuffer;
  return { shape, values: new type.of(memory, aligned.byteOffset, size) };
}

/** The product, or undefined when it is no number of values that a file could hold. */
function checkedSize(shape: readonly number[]): number | undefined {
  let size = 1;
  for (const length of shape) {
    if (!Number.isSafeInteger(length) || length < 0) return undefined;
    size *= length;
    if (!Number.isSafeInteger(size)) return undefined;
  }
  return size;
}
