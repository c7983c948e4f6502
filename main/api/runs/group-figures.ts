/** What the runs of a group have measured, as mean and standard deviation. Pure arithmetic on columns. */
import type { GroupEpoch, GroupMeasurements, Spread } from "../../contract/family.ts";
import { measures, type Measure, type Measurements } from "../../contract/runs.ts";

export interface Member {
  measured: Measurements;
  /** Steps at which its epochs end, in order, from the first epoch on. */
  epochEnds: readonly number[];
}

/** The sample's standard deviation (n − 1); NaN for fewer than two values. */
export function spreadOf(values: readonly number[]): Spread {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: runs < 2 ? NaN : Math.sqrt(squares / (runs - 1)), runs };
}

const byMeasure = <Value>(of: (measure: Measure) => Value): Record<Measure, Value> =>
  Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<Measure, Value>;

/** Of every epoch that at least one member has finished: over members, of each one's mean over it. */
export function epochSpreads(members: readonly Member[]): GroupEpoch[] {
  const epochs = Math.max(0, ...members.map(({ epochEnds }) => epochEnds.length));
  const means = members.map(epochMeans);
  return Array.from({ length: epochs }, (_, index) => ({
    epoch: index + 1,
    spreads: byMeasure((measure) =>
      spreadOf(means.map((all) => all[measure][index]).filter((mean) => mean !== undefined)),
    ),
  }));
}

/**
 * The mean of each measure over each epoch: of what was measured at steps behind the end of the epoch before,
 * up to its own end; NaN when nothing was. In one pass over the steps, which are in order.
 */
function epochMeans({ measured: { steps, values }, epochEnds }: Member): Record<Measure, number[]> {
  let at = 0;
  const ranges = epochEnds.map((end) => {
    const from = at;
    while (at < steps.length && (steps[at] as number) <= end) at++;
    return [from, at] as const;
  });
  return byMeasure((measure) =>
    ranges.map(([from, to]) => {
      let sum = 0;
      for (let index = from; index < to; index++) sum += values[measure][index] ?? NaN;
      return sum / (to - from);
    }),
  );
}

/** Over members, step by step; at most `points` steps, evenly chosen, the first and the last among them. */
export function spreadCurves(members: readonly Member[], points: number): GroupMeasurements {
  const all = [...new Set(members.flatMap(({ measured }) => measured.steps))].sort((a, b) => a - b);
  const steps = evenly(all, points);
  const places = members.map(
    ({ measured }) => new Map(measured.steps.map((step, index) => [step, index])),
  );
  const valuesAt = (step: number, measure: Measure) =>
    members.flatMap(({ measured }, member) => {
      const index = places[member]?.get(step);
      return index === undefined ? [] : [measured.values[measure][index] ?? NaN];
    });
  const spreads = byMeasure((measure) => steps.map((step) => spreadOf(valuesAt(step, measure))));
  return {
    steps,
    runs: spreads.lossGenerator.map(({ runs }) => runs),
    mean: byMeasure((measure) => spreads[measure].map(({ mean }) => mean)),
    deviation: byMeasure((measure) => spreads[measure].map(({ deviation }) => deviation)),
  };
}

function evenly(steps: readonly number[], points: number): number[] {
  if (steps.length <= points) return [...steps];
  const stride = (steps.length - 1) / (points - 1);
  return Array.from({ length: points }, (_, place) => steps[Math.round(place * stride)] as number);
}
