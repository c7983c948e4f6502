/**
 * Places along a run on three scales: epochs (passes over the data), steps (generator updates), and
 * images that the discriminator has seen. Runs of different batch sizes meet on the scale that is
 * fair to what is asked.
 */
import type { Specification } from "../../spec/specification.ts";
import type { RunDetail, Sample } from "../runs.ts";

export type Axis = "epoch" | "step" | "images";

export interface RunScale {
  /** Null while no epoch of the run is known to have ended. */
  stepsPerEpoch: number | null;
  /** Real images a step shows to the discriminator; of a fork or a changed k, those of its settings. */
  imagesPerStep: number;
  /**
   * Where epochs ended, from step 0 on, in a run whose epochs have not all the same number of steps (a
   * fork with other batches, a changed k); absent where they have.
   */
  ends?: readonly EpochEnd[];
}

interface EpochEnd {
  step: number;
  epoch: number;
}

type Placed = Pick<RunDetail, "samples" | "checkpoints"> & {
  specification: Pick<Specification, "loop">;
};

/** A grid that closed an epoch tells how many steps an epoch has; nothing else is stored about it. */
export function scaleOf({ samples, specification }: Placed): RunScale {
  const closing = samples.find(({ closesEpoch, epoch }) => closesEpoch && epoch > 0);
  const { batchSize, discriminatorSteps } = specification.loop;
  const stepsPerEpoch = closing ? closing.step / closing.epoch : null;
  const closings = samples.filter(({ closesEpoch }) => closesEpoch);
  const isEven = closings.every(({ step, epoch }) => step === epoch * (stepsPerEpoch ?? 0));
  return {
    stepsPerEpoch,
    imagesPerStep: batchSize * discriminatorSteps,
    ...(!isEven && { ends: [{ step: 0, epoch: 0 }, ...closings] }),
  };
}

/** What stands at `value` of one coordinate, in a straight line between the ends around it. */
function between(
  ends: readonly EpochEnd[],
  value: number,
  [from, to]: readonly ["step" | "epoch", "step" | "epoch"],
): number {
  const above = ends.findIndex((end, place) => place > 0 && end[from] >= value);
  const place = above < 0 ? ends.length - 1 : above;
  const [before, after] = [ends[place - 1] as EpochEnd, ends[place] as EpochEnd];
  const share = (value - before[from]) / (after[from] - before[from]);
  return before[to] + share * (after[to] - before[to]);
}

/** Null where the scale cannot place the run. Epochs may be fractions. */
export function positionOf(axis: Axis, scale: RunScale, step: number): number | null {
  if (axis === "step") return step;
  if (axis === "images") return step * scale.imagesPerStep;
  if (scale.ends) return between(scale.ends, step, ["step", "epoch"]);
  return scale.stepsPerEpoch === null ? null : step / scale.stepsPerEpoch;
}

/** The last whole step at or before `position`; null where the scale cannot place the run. */
export function stepAt(axis: Axis, scale: RunScale, position: number): number | null {
  if (axis === "step") return Math.floor(position);
  if (axis === "images") return Math.floor(position / scale.imagesPerStep + tolerance);
  if (scale.ends) return Math.floor(between(scale.ends, position, ["epoch", "step"]) + tolerance);
  return scale.stepsPerEpoch === null
    ? null
    : Math.floor(position * scale.stepsPerEpoch + tolerance);
}

/** A place that was made of a step must lead back to it. */
const tolerance = 1e-6;

interface Sampled {
  scale: RunScale;
  detail: Pick<RunDetail, "samples">;
}

/** Where any of the runs has a grid, increasing. */
export function gridPositions(axis: Axis, runs: readonly Sampled[]): number[] {
  const positions = runs.flatMap(({ scale, detail }) =>
    detail.samples.flatMap(({ step }) => positionOf(axis, scale, step) ?? []),
  );
  return [...new Set(positions)].sort((a, b) => a - b);
}

/** The run's newest grid at or before `position`; null before its first, or where it cannot be placed. */
export function gridAt(axis: Axis, { scale, detail }: Sampled, position: number): Sample | null {
  const step = stepAt(axis, scale, position);
  return step === null ? null : (detail.samples.findLast((sample) => sample.step <= step) ?? null);
}

/** «epoch 3», «step 1,200», «64,000 images». */
export function positionText(axis: Axis, position: number): string {
  const figure = position.toLocaleString("en", { maximumFractionDigits: 2 });
  if (axis === "images") return `${figure} images`;
  return `${axis} ${figure}`;
}
