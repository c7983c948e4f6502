/** Loss curves that look like a run's: a quick start, then noise around a level. */
import {
  measures,
  type Measure,
  type Measurements,
  type RunSummary,
} from "../../../main/contract/runs.ts";
import { randomFrom } from "./digits.ts";

const levels: Record<Measure, { from: number; to: number; noise: number }> = {
  lossGenerator: { from: 0.5, to: 0.28, noise: 0.22 },
  lossDiscriminator: { from: 0.48, to: 0.17, noise: 0.09 },
  scoreReal: { from: 0.5, to: 0.72, noise: 0.16 },
  scoreGenerated: { from: 0.5, to: 0.27, noise: 0.14 },
  gradientNormGenerator: { from: 2, to: 1, noise: 0.5 },
  gradientNormDiscriminator: { from: 3, to: 2, noise: 0.5 },
  learningRateGenerator: { from: 0.001, to: 0.001, noise: 0 },
  learningRateDiscriminator: { from: 0.001, to: 0.001, noise: 0 },
};

/** Every second step up to `last`; a failed run's losses stop being numbers. */
export function measurementsOf({ status, id }: RunSummary, last: number): Measurements {
  const steps = Array.from({ length: Math.floor(last / 2) }, (_, i) => (i + 1) * 2);
  const breaks = status === "failed" ? last * 0.9 : Infinity;
  const curve = (measure: Measure) => {
    const { from, to, noise } = levels[measure];
    const random = randomFrom(measure.length + id.length);
    return steps.map((step) => {
      const value = to + (from - to) * Math.exp(-step / 160) + (random() - 0.5) * noise;
      return step > breaks ? Number.NaN : value;
    });
  };
  const values = Object.fromEntries(measures.map((measure) => [measure, curve(measure)]));
  return { steps, values: values as Record<Measure, number[]> };
}
