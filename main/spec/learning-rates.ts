/**
 * Learning rates that were changed while a run trained. A new rate takes the place of the one that
 * the specification gives; its schedule goes on from there, so that a decay stays a decay. The changes
 * are a run's events: replayed at the same steps, they lead to the same numbers.
 */
import { learningRateAt, type Optimizer } from "./optimizers.ts";

/** Before any schedule, 0 or more. */
export interface LearningRates {
  generator: number;
  discriminator: number;
}

/** New rates; left out where a network keeps its own. */
export interface NewRates {
  generator?: number | undefined;
  discriminator?: number | undefined;
}

export interface RateChange extends NewRates {
  /** The first step that is done with it, from 1. */
  from: number;
}

/** What such an event is called. */
export const rateEvent = "learning rates";

interface Optimizers {
  generator: Optimizer;
  discriminator: Optimizer;
}

export const firstRates = ({ generator, discriminator }: Optimizers): LearningRates => ({
  generator: generator.learningRate,
  discriminator: discriminator.learningRate,
});

/** What holds, before schedules, at step number `step`. `changes` in order of `from`. */
export function ratesAt(
  first: LearningRates,
  changes: readonly RateChange[],
  step: number,
): LearningRates {
  const rates = { ...first };
  for (const { from, generator, discriminator } of changes) {
    if (from > step) continue;
    rates.generator = generator ?? rates.generator;
    rates.discriminator = discriminator ?? rates.discriminator;
  }
  return rates;
}

/** What the optimizers of both networks use while `epochsDone` whole epochs lie behind. */
export const scheduled = (
  { generator, discriminator }: Optimizers,
  rates: LearningRates,
  epochsDone: number,
): LearningRates => ({
  generator: learningRateAt({ ...generator, learningRate: rates.generator }, epochsDone),
  discriminator: learningRateAt(
    { ...discriminator, learningRate: rates.discriminator },
    epochsDone,
  ),
});

/**
 * The changes with one more, in order of `from`. What was to come for the same network at its step
 * or later falls away: a run that went back to its checkpoint follows what was last said.
 */
export function withChange(changes: readonly RateChange[], change: RateChange): RateChange[] {
  const kept = changes.flatMap((earlier) => {
    if (earlier.from < change.from) return [earlier];
    const rest = {
      from: earlier.from,
      ...(change.generator === undefined && { generator: earlier.generator }),
      ...(change.discriminator === undefined && { discriminator: earlier.discriminator }),
    };
    return rest.generator === undefined && rest.discriminator === undefined ? [] : [rest];
  });
  return [...kept, change].sort((a, b) => a.from - b.from);
}

/** As an event tells it: `generator 0.0001, discriminator 0.0004`; every digit is kept. */
export const wordsOf = ({ generator, discriminator }: NewRates): string =>
  Object.entries({ generator, discriminator })
    .filter(([, rate]) => rate !== undefined)
    .map(([network, rate]) => `${network} ${String(rate)}`)
    .join(", ");

/** The changes that a run's events tell of, events in the order in which they were stored. */
export function changesOf(
  events: readonly { step: number; kind: string; detail: string }[],
): RateChange[] {
  let changes: RateChange[] = [];
  for (const { kind, step, detail } of events) {
    if (kind === rateEvent) changes = withChange(changes, { from: step, ...ratesIn(detail) });
  }
  return changes;
}

function ratesIn(words: string): NewRates {
  const found = words.matchAll(/(generator|discriminator) ([\d.e+-]+)/g);
  const rates = new Map([...found].map(([, network, rate]) => [network, Number(rate)]));
  return Object.fromEntries(rates) as NewRates;
}
