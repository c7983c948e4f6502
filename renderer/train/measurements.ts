/** Measurements of a run as they come in: joined by step, read off at a step, smoothed. */
import { measures, type Measure, type Measurements } from "../../main/contract/runs.ts";
import type { Point } from "../shared/downsample.ts";

export { indexNear } from "../shared/nearest.ts";

/** Rows that are asked for to draw a chart: a few for each of its pixels. */
export const chartPoints = 4000;

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

/** Those of later steps than `step`. */
export function since(all: Measurements, step: number): Measurements {
  const found = all.steps.findIndex((known) => known > step);
  const place = found < 0 ? all.steps.length : found;
  return {
    steps: all.steps.slice(place),
    values: columns((measure) => all.values[measure].slice(place)),
  };
}

/** One measure as points; what is no number becomes a gap. */
export function pointsOf({ steps, values }: Measurements, measure: Measure): Point[] {
  const column = values[measure];
  return steps.map((x, index) => {
    const y = column[index] ?? Number.NaN;
    return { x, y: Number.isFinite(y) ? y : Number.NaN };
  });
}

/**
 * Exponential moving average, corrected for its start (as Adam's moments are). `amount` from 0 (none)
 * to below 1 is what is left of the past after `unit` steps: points may lie unevenly, as those of a
 * thinned curve do, without changing how smooth it looks. Gaps are skipped: the average goes on after
 * them.
 */
export function smoothed(points: readonly Point[], amount: number, unit = 1): Point[] {
  let mean = 0;
  let weight = 0;
  let last: number | null = null;
  return points.map(({ x, y }) => {
    if (Number.isNaN(y)) return { x, y };
    const left = amount ** (last === null ? 1 : (x - last) / unit);
    last = x;
    mean = left * mean + (1 - left) * y;
    weight = left * weight + (1 - left);
    return { x, y: mean / weight };
  });
}

/** Mean of the last `count` finite values; NaN when the newest value itself is no number. */
export function recentMean(column: readonly number[], count: number): number | null {
  const newest = column.at(-1);
  if (newest === undefined) return null;
  if (!Number.isFinite(newest)) return newest;
  const recent = column.slice(-count).filter((value) => Number.isFinite(value));
  return recent.reduce((sum, value) => sum + value, 0) / recent.length;
}
