/** What a run measured, epoch by epoch: the mean of each measure over the steps of it that were measured. */
import { measures, type Measure, type Measurements, type Sample } from "../contract/runs.ts";

export interface EpochMeans {
  epoch: number;
  /** The step that closed it. */
  step: number;
  /** Steps of it that were measured, of all that it has. */
  measured: number;
  /** NaN where nothing was measured. */
  means: Record<Measure, number>;
}

/** Of every epoch that was closed, in order. */
export function epochMeans(samples: readonly Sample[], measured: Measurements): EpochMeans[] {
  let at = 0;
  return samples
    .filter(({ closesEpoch }) => closesEpoch)
    .map(({ epoch, step }) => {
      const from = at;
      while (at < measured.steps.length && (measured.steps[at] as number) <= step) at++;
      const mean = (measure: Measure) =>
        measured.values[measure].slice(from, at).reduce((sum, value) => sum + value, 0) /
        (at - from);
      const means = Object.fromEntries(measures.map((measure) => [measure, mean(measure)]));
      return { epoch, step, measured: at - from, means: means as Record<Measure, number> };
    });
}
