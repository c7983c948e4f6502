/**
 * Rows of whole numbers from 0 to 255, separated by commas, as bytes; plain or gzipped. A first line
 * that holds anything else is taken for the columns' names. Each complaint names the line.
 * Leaves out quoting, other separators and fractions, which files of pixels do not have.
 */
import { Problem } from "../../spec/problem.ts";
import { plural } from "../idx-header.ts";

const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const zero = 0x30;

/** Some programs put this mark before UTF-8 text. */
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Values of a line after which nobody waits for its end. */
const valuesAtMost = 16 * 1024 ** 2;

interface Reading {
  path: string;
  row: Uint8Array;
  /** Rows that are complete and have not been handed over. */
  rows: Uint8Array[];
  /** From 1. */
  line: number;
  /** Values of the line that are complete. */
  column: number;
  /** −1 while no digit was read. */
  value: number;
  /** A space ended the value; only a comma or the line's end may follow. */
  hasEnded: boolean;
  /** The first line holds names. */
  isSkipped: boolean;
}

/**
 * The rows in order, some at a time: bytes of whole rows of `columns` values, one after the other.
 * Throws `data.format` with the line (from 1) and column (from 1).
 */
export async function* readRows(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  columns: number,
): AsyncGenerator<Uint8Array> {
  const reading: Reading = {
    ...{ path, row: new Uint8Array(columns), rows: [], line: 1, column: 0 },
    ...{ value: -1, hasEnded: false, isSkipped: false },
  };
  try {
    for await (const piece of pieces) {
      for (const byte of piece) {
        if (byte === lineFeed) endLine(reading);
        else read(reading, byte);
      }
      if (reading.rows.length > 0) yield Buffer.concat(reading.rows.splice(0));
    }
    endLine(reading);
  } catch (thrown) {
    // What is right before the wrong line is enough for who wants no more.
    if (reading.rows.length > 0) yield Buffer.concat(reading.rows.splice(0));
    throw thrown;
  }
  if (reading.rows.length > 0) yield Buffer.concat(reading.rows);
}

function read(reading: Reading, byte: number): void {
  const digit = byte - zero;
  if (reading.isSkipped || byte === carriageReturn) return;
  if (digit >= 0 && digit <= 9 && !reading.hasEnded) {
    reading.value = (reading.value < 0 ? 0 : reading.value * 10) + digit;
    if (reading.value > 255) refuseValue(reading);
  } else if (byte === comma) {
    endValue(reading);
  } else if (byte === space) {
    reading.hasEnded = reading.value >= 0;
  } else if (!(reading.line === 1 && reading.column === 0 && byteOrderMark.includes(byte))) {
    refuseValue(reading);
  }
}

function endValue(reading: Reading): void {
  if (reading.value < 0) {
    refuseValue(reading);
    return;
  }
  if (reading.column < reading.row.length) reading.row[reading.column] = reading.value;
  reading.column++;
  if (reading.column > valuesAtMost) {
    throw refused(reading, `it has more than ${plural(valuesAtMost, "value")}`);
  }
  reading.value = -1;
  reading.hasEnded = false;
}

function endLine(reading: Reading): void {
  const isBlank = reading.column === 0 && reading.value < 0;
  if (!isBlank && !reading.isSkipped) endValue(reading);
  const isRow = !isBlank && !reading.isSkipped;
  const wanted = reading.row.length;
  if (isRow && reading.column !== wanted) {
    const found = plural(reading.column, "value");
    throw refused(reading, `it has ${found} where ${plural(wanted, "value")} are wanted`);
  }
  reading.line++;
  reading.column = 0;
  reading.value = -1;
  reading.hasEnded = false;
  reading.isSkipped = false;
  if (isRow) reading.rows.push(reading.row.slice());
}

/** The first line may hold names instead. */
function refuseValue(reading: Reading): void {
  if (reading.line === 1) reading.isSkipped = true;
  else {
    throw refused(reading, `column ${reading.column + 1} is no whole number from 0 to 255`);
  }
}

const refused = ({ path, line }: Reading, what: string): Problem =>
  new Problem("data.format", `${path}: line ${line.toLocaleString("en")}: ${what}.`);
