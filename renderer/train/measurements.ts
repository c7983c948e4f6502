/** Measurements of a run as they come in: joined by step, read off at a step, smoothed. */
import { measures, type Measure, type Measurements } from "../../main/contract/runs.ts";
import type { Point } from "../shared/downsample.ts";

export const noMeasurements: Measurements = {
  steps: [],
  values: Object.fromEntries(measures.map((measure) => [measure, []])) as unknown as Record<
    Measure,
    number[]
  >,
};

/** Both together, in order of steps; where both know a step, `added` is right. */
export function joined(known: Measurements, added: Measurements): Measurements {
  const [first] = added.steps;
  if (first === undefined) return known;
  const last = known.steps.at(-1);
  if (last === undefined || first > last) return appended(known, added);
  const newer = new Set(added.steps);
  const kept = known.steps.flatMap((step, index) => (newer.has(step) ? [] : [{ step, index }]));
  const both = [
    ...kept.map((entry) => ({ ...entry, from: known })),
    ...added.steps.map((step, index) => ({ step, index, from: added })),
  ].sort((a, b) => a.step - b.step);
  return {
    steps: both.map(({ step }) => step),
    values: columns((measure) =>
      both.map(({ from, index }) => from.values[measure][index] ?? Number.NaN),
    ),
  };
}

const appended = (known: Measurements, added: Measurements): Measurements => ({
  steps: known.steps.concat(added.steps),
  values: columns((measure) => known.values[measure].concat(added.values[measure])),
});

const columns = (columnOf: (measure: Measure) => number[]): Record<Measure, number[]> =>
  Object.fromEntries(measures.map((measure) => [measure, columnOf(measure)])) as Record<
    Measure,
    number[]
  >;

/** One measure as points; what is no number becomes a gap. */
export function pointsOf({ steps, values }: Measurements, measure: Measure): Point[] {
  const column = values[measure];
  return steps.map((x, index) => {
    const y = column[index] ?? Number.NaN;
    return { x, y: Number.isFinite(y) ? y : Number.NaN };
  });
}

/**
 * Exponential moving average, corrected for its start (as Adam's moments are); `amount` from 0 (none)
 * to below 1. Gaps are skipped: the average goes on after them.
 */
export function smoothed(points: readonly Point[], amount: number): Point[] {
  let mean = 0;
  let weight = 0;
  return points.map(({ x, y }) => {
    if (Number.isNaN(y)) return { x, y };
    mean = amount * mean + (1 - amount) * y;
    weight = amount * weight + (1 - amount);
    return { x, y: mean / weight };
  });
}

/** Index of the measurement nearest to `step`, or −1 when there is none. */
export function indexNear(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  const before = steps[low - 1];
  const here = steps[low];
  if (here === undefined) return -1;
  return before !== undefined && step - before < here - step ? low - 1 : low;
}

/** Mean of the last `count` finite values; NaN when the newest value itself is no number. */
export function recentMean(column: readonly number[], count: number): number | null {
  const newest = column.at(-1);
  if (newest === undefined) return null;
  if (!Number.isFinite(newest)) return newest;
  const recent = column.slice(-count).filter((value) => Number.isFinite(value));
  return recent.reduce((sum, value) => sum + value, 0) / recent.length;
}
