/**
 * Reads the JSON header of a safetensors file. Its own small reader instead of `JSON.parse`, because
 * the format forbids what `JSON.parse` permits: duplicate keys, fractional sizes, any other structure;
 * and because it stops at the first wrong character, however large the header is.
 * Format: https://github.com/huggingface/safetensors, «Format».
 */

export interface TensorEntry {
  dtype: string;
  shape: number[];
  /** First byte and the byte after the last, counted from the end of the header. */
  begin: number;
  end: number;
}

export interface SafetensorsHeader {
  entries: Map<string, TensorEntry>;
  metadata: Map<string, string>;
}

/** What is wrong with a header, as part of a sentence. Never leaves this folder. */
export class MalformedHeader extends Error {}

/** The text from its first brace on; only spaces may follow the last. Throws `MalformedHeader`. */
export function parseHeader(text: string): SafetensorsHeader {
  const header: SafetensorsHeader = { entries: new Map(), metadata: new Map() };
  const cursor: Cursor = { text, at: 0 };
  let hasMetadata = false;
  readObject(cursor, (name) => {
    if (name === "__metadata__") {
      if (hasMetadata) throw new MalformedHeader("its header has two sets of metadata");
      hasMetadata = true;
      readMetadata(cursor, header.metadata);
    } else {
      if (header.entries.has(name)) throw new MalformedHeader(`it has two values «${brief(name)}»`);
      header.entries.set(name, readEntry(cursor, name));
    }
  });
  skipSpace(cursor);
  if (cursor.at !== text.length) throw malformedAt(cursor);
  return header;
}

interface Cursor {
  text: string;
  at: number;
}

/** A name from a file that may be hostile, cut to what fits a sentence. */
export const brief = (name: string): string => (name.length > 80 ? `${name.slice(0, 80)}…` : name);

const malformedAt = ({ at }: Cursor): MalformedHeader =>
  new MalformedHeader(`its header is malformed at character ${at + 1}`);

function skipSpace(cursor: Cursor): void {
  while (" \t\n\r".includes(cursor.text[cursor.at] ?? "x")) cursor.at++;
}

/** The next character that is not a space, without taking it; empty at the end. */
function peek(cursor: Cursor): string {
  skipSpace(cursor);
  return cursor.text[cursor.at] ?? "";
}

function take(cursor: Cursor, character: string): void {
  if (peek(cursor) !== character) throw malformedAt(cursor);
  cursor.at++;
}

/** True, having taken it, when the list goes on after a comma; false at its closing character. */
function goesOn(cursor: Cursor, closing: string): boolean {
  const next = peek(cursor);
  if (next !== "," && next !== closing) throw malformedAt(cursor);
  cursor.at++;
  return next === ",";
}

function readObject(cursor: Cursor, readValue: (key: string) => void): void {
  take(cursor, "{");
  if (peek(cursor) === "}") {
    cursor.at++;
    return;
  }
  do {
    const key = readString(cursor);
    take(cursor, ":");
    readValue(key);
  } while (goesOn(cursor, "}"));
}

function readString(cursor: Cursor): string {
  take(cursor, '"');
  const start = cursor.at - 1;
  for (;;) {
    const character = cursor.text[cursor.at];
    if (character === undefined) throw malformedAt(cursor);
    // An escape is two characters at least, and its second may be a quote.
    cursor.at += character === "\\" ? 2 : 1;
    if (character === '"') break;
  }
  try {
    return JSON.parse(cursor.text.slice(start, cursor.at)) as string;
  } catch {
    throw malformedAt({ ...cursor, at: start });
  }
}

function readSize(cursor: Cursor): number {
  skipSpace(cursor);
  const digits = /(?:0|[1-9]\d{0,15})(?![\d.eE])/y;
  digits.lastIndex = cursor.at;
  const size = Number(digits.exec(cursor.text)?.[0] ?? NaN);
  if (!Number.isSafeInteger(size)) throw malformedAt(cursor);
  cursor.at = digits.lastIndex;
  return size;
}

function readSizes(cursor: Cursor): number[] {
  take(cursor, "[");
  if (peek(cursor) === "]") {
    cursor.at++;
    return [];
  }
  const sizes: number[] = [];
  do sizes.push(readSize(cursor));
  while (goesOn(cursor, "]"));
  return sizes;
}

function readEntry(cursor: Cursor, name: string): TensorEntry {
  const seen = new Set<string>();
  let dtype = "";
  let shape: number[] = [];
  let offsets: number[] = [];
  readObject(cursor, (field) => {
    if (seen.has(field))
      throw new MalformedHeader(`«${brief(name)}» states its ${brief(field)} twice`);
    seen.add(field);
    if (field === "dtype") dtype = readString(cursor);
    else if (field === "shape") shape = readSizes(cursor);
    else if (field === "data_offsets") offsets = readSizes(cursor);
    else throw new MalformedHeader(`«${brief(name)}» has an unknown field «${brief(field)}»`);
  });
  const [begin, end] = offsets;
  if (seen.size !== 3 || offsets.length !== 2 || begin === undefined || end === undefined)
    throw new MalformedHeader(`«${brief(name)}» lacks its type, shape or place`);
  return { dtype, shape, begin, end };
}

function readMetadata(cursor: Cursor, metadata: Map<string, string>): void {
  readObject(cursor, (key) => {
    if (metadata.has(key)) throw new MalformedHeader(`its metadata states «${brief(key)}» twice`);
    metadata.set(key, readString(cursor));
  });
}
