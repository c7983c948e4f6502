/** One measure of a run as points along the common axis, smoothed for the eye. */
import type { Measure } from "../runs.ts";
import type { ComparedRun } from "./comparison.ts";
import { positionOf, type Axis } from "./position.ts";

export interface CoursePoint {
  x: number;
  /** NaN where the value is no finite number: a line has a gap there. */
  y: number;
}

/**
 * Empty where the axis cannot place the run. `smoothing`, from 0 to below 1, is the share that an
 * exponential mean keeps of what was before; its start is corrected as that of Adam's moments.
 */
export function courseOf(
  { measurements, scale }: ComparedRun,
  measure: Measure,
  axis: Axis,
  smoothing: number,
): CoursePoint[] {
  const column = measurements.values[measure];
  let mean = 0;
  let weight = 0;
  return measurements.steps.flatMap((step, place) => {
    const x = positionOf(axis, scale, step);
    const y = column[place] ?? Number.NaN;
    if (x === null) return [];
    if (!Number.isFinite(y)) return [{ x, y: Number.NaN }];
    mean = smoothing * mean + (1 - smoothing) * y;
    weight = smoothing * weight + (1 - smoothing);
    return [{ x, y: mean / weight }];
  });
}
