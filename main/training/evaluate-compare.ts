/** All metrics of generated images against real ones, those that the data set allows. */
import { stackHeight } from "../engine/classifier/stacked.ts";
import { classMetrics, modeMetrics } from "../metrics/class-metrics.ts";
import { classifierScore } from "../metrics/classifier-score.ts";
import { diversity } from "../metrics/diversity.ts";
import { frechetDistance } from "../metrics/frechet-distance.ts";
import { kernelDistance } from "../metrics/kernel-distance.ts";
import { manifoldMetrics } from "../metrics/manifolds.ts";
import { memorisation } from "../metrics/memorisation.ts";
import { modesOf, type Predictions } from "../metrics/predictions.ts";
import { countOf, part } from "../metrics/rows.ts";
import type { Evaluation } from "../spec/evaluation.ts";
import type { Drawn } from "./evaluate-draw.ts";
import { probes, type RealSide } from "./evaluate-real.ts";

/** `seed`: of the choice of images and of the intervals. */
export async function compare(
  real: RealSide,
  { features, predictions, grid }: Drawn,
  seed: number,
  onProgress: (done: number, total: number) => void,
): Promise<Evaluation["values"]> {
  const values: Evaluation["values"] = {};
  const steps: (() => Promise<Evaluation["values"]> | Evaluation["values"])[] = [
    () => ({ frechetDistance: frechetDistance(real.features, features, seed) }),
    async () => ({ kernelDistance: await kernelDistance(real.features, features, seed) }),
    () => manifoldMetrics(real.features, features, seed),
    async () =>
      real.heldOut && {
        memorisation: await memorisation(
          real.training,
          real.heldOut,
          part(features, 0, Math.min(probes, countOf(features))),
          seed,
        ),
      },
    async () => {
      if (countOf(grid) < 2) return {};
      const found = await diversity(real.features, grid, seed);
      // Where all real images look the same there is nothing to hold it against.
      return Number.isFinite(found.value) ? { diversity: found } : {};
    },
    () => ofClasses(real, predictions, seed),
  ] as never;
  for (const [index, step] of steps.entries()) {
    onProgress(index, steps.length);
    Object.assign(values, await step());
  }
  onProgress(steps.length, steps.length);
  return values;
}

/** Nothing without classes; of stacks how many combinations of classes are drawn, and how evenly. */
function ofClasses(real: RealSide, predictions: Predictions, seed: number): Evaluation["values"] {
  if (predictions.classes < 2) return {};
  if (!real.isStacked) {
    return {
      classifierScore: classifierScore(predictions, seed),
      ...classMetrics(real.predictions, predictions, seed),
    };
  }
  const { modes, possible } = modesOf(predictions, stackHeight);
  const { modes: realModes } = modesOf(real.predictions, stackHeight);
  const found = modeMetrics(realModes, modes, possible, seed);
  const { known, classCoverage, classEntropy, reverseDivergence } = found;
  const { value, low, high } = classCoverage;
  return {
    modes: { value: value * known, low: low * known, high: high * known },
    ...{ classCoverage, classEntropy, reverseDivergence },
  };
}
