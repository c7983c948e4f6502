/** From the store's rows and the session's messages to what the contract promises. */
import { measures, type Measure, type Measurements, type Sample } from "../../contract/runs.ts";
import type { Measurement, SampleFile } from "../../training/messages.ts";

export const sampleOf = ({ step, epoch, closesEpoch, count, columns }: SampleFile): Sample => ({
  step,
  epoch,
  closesEpoch,
  count,
  columns,
});

/** Rows to columns. */
export const columnsOf = (rows: readonly Measurement[]): Measurements => ({
  steps: rows.map(({ step }) => step),
  values: Object.fromEntries(
    measures.map((measure) => [measure, rows.map(({ values }) => values[measure])]),
  ) as Record<Measure, number[]>,
});

/** Two sets of columns, one after the other. */
export const joined = (first: Measurements, second: Measurements): Measurements => ({
  steps: [...first.steps, ...second.steps],
  values: Object.fromEntries(
    measures.map((measure) => [measure, [...first.values[measure], ...second.values[measure]]]),
  ) as Record<Measure, number[]>,
});
