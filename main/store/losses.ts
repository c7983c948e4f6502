/**
 * The losses of a whole run and nothing else, for choosing what a chart shows of it. Reading a million
 * rows one by one takes seconds, most of them for a million small buffers; here SQLite itself makes
 * one text of many rows.
 */
import { reading, type Home } from "./connection.ts";

/** By column: both were measured at `steps[i]`. Any loss may be NaN or infinite. */
export interface LossCourse {
  steps: Float64Array;
  generator: Float64Array;
  discriminator: Float64Array;
}

const rowsAtOnce = 50_000;

/** A row: the step, big-endian, then the first two of `measureColumns` as they are stored. */
const rowBytes = 24;

// The limit keeps the inner rows in their order: without it SQLite could drop the inner ORDER BY.
const rowsAsText = `
  SELECT group_concat(format('%016x', step) || hex(substr(measured, 1, 16)), '')
  FROM (SELECT step, measured FROM measurements WHERE run = ? AND step > ? ORDER BY step LIMIT ?)`;

/** Those with step > `after` (default: all), by step. */
export function readLosses(home: Home, run: string, after = -1): LossCourse {
  const rows = readRows(home, run, after);
  const count = rows.length / rowBytes;
  const course = {
    steps: new Float64Array(count),
    generator: new Float64Array(count),
    discriminator: new Float64Array(count),
  };
  for (let index = 0; index < count; index++) {
    const at = index * rowBytes;
    course.steps[index] = stepAt(rows, at);
    course.generator[index] = rows.readDoubleLE(at + 8);
    course.discriminator[index] = rows.readDoubleLE(at + 16);
  }
  return course;
}

function readRows(home: Home, run: string, after: number): Buffer {
  return reading(home, (database) => {
    const select = database.prepare<[string, number, number], string | null>(rowsAsText).pluck();
    const parts: Buffer[] = [];
    for (let last = after; ;) {
      const part = Buffer.from(select.get(run, last, rowsAtOnce) ?? "", "hex");
      if (part.length === 0) return Buffer.concat(parts);
      parts.push(part);
      last = stepAt(part, part.length - rowBytes);
    }
  });
}

const stepAt = (rows: Buffer, at: number): number =>
  rows.readUInt32BE(at) * 2 ** 32 + rows.readUInt32BE(at + 4);
