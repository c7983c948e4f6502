/** One step of a run, from its batch to what it measured. */
import type { Trainer } from "../engine/trainer.ts";
import type { LearningRates } from "../spec/learning-rates.ts";
import type { Feed } from "./feed.ts";
import type { Measurement } from "./messages.ts";

/** In place of what a quick step does not measure; seen only where such a step diverged. */
const unmeasured = {
  ...{ scoreReal: NaN, scoreGenerated: NaN },
  ...{ gradientNormGenerator: NaN, gradientNormDiscriminator: NaN },
};

/** `step`: its number, from 1. `inFull`: scores and gradients too, not losses alone. */
export async function measuredStep(
  trainer: Trainer,
  feed: Feed,
  { step, learningRates, inFull }: { step: number; learningRates: LearningRates; inFull: boolean },
): Promise<{ measurement: Measurement; isFinite: boolean }> {
  const given = { step, ...(await feed(step)), learningRates };
  const scalars = inFull ? await trainer.step(given) : await trainer.quickStep(given);
  const values = {
    ...unmeasured,
    ...scalars,
    learningRateGenerator: learningRates.generator,
    learningRateDiscriminator: learningRates.discriminator,
  };
  return {
    measurement: { step, values },
    isFinite: Object.values(scalars).every(Number.isFinite),
  };
}
