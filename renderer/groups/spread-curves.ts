/** From a group's means and deviations to curves with a band. */
import type { GroupMeasurements } from "../../main/contract/family.ts";
import type { Measure } from "../../main/contract/runs.ts";
import type { Curve } from "../shared/chart.ts";
import type { Point } from "../shared/downsample.ts";

export interface SpreadLine {
  measure: Measure;
  label: string;
  /** A colour's CSS variable. */
  color: string;
}

/** The band is one standard deviation to either side; it is left out where one run alone was measured. */
export function spreadCurve(
  { steps, mean, deviation }: GroupMeasurements,
  { measure, label, color }: SpreadLine,
): Curve {
  const centre = mean[measure];
  const width = deviation[measure];
  const course = (side: number): Point[] =>
    steps.map((x, index) => finite(x, (centre[index] ?? NaN) + side * (width[index] ?? NaN)));
  return {
    ...{ id: measure, label, color },
    points: steps.map((x, index) => finite(x, centre[index] ?? NaN)),
    band: { low: course(-1), high: course(1) },
  };
}

const finite = (x: number, y: number): Point => ({ x, y: Number.isFinite(y) ? y : NaN });
