/** Feature vectors of a set of images: what every metric here is computed from. */

export interface Rows {
  /** One row after the other. */
  values: Float32Array;
  /** Numbers of one row. */
  size: number;
}

export const countOf = ({ values, size }: Rows): number => values.length / size;

/** Rows `first` to before `end`; a view, not a copy. */
export const part = ({ values, size }: Rows, first: number, end: number): Rows => ({
  values: values.subarray(first * size, end * size),
  size,
});

/** The mean of each column. */
export function columnMeans(rows: Rows): Float64Array {
  const { values, size } = rows;
  const means = new Float64Array(size);
  for (let at = 0; at < values.length; at += size) {
    for (let i = 0; i < size; i++) means[i] = (means[i] as number) + (values[at + i] as number);
  }
  const count = countOf(rows);
  return means.map((sum) => sum / count);
}

/** The rows less `means`: distances stay what they are, and float32 loses fewer of their digits. */
export function centred({ values, size }: Rows, means: Float64Array): Rows {
  const moved = values.map((value, i) => value - (means[i % size] as number));
  return { values: moved, size };
}
