/**
 * Oscillation: the players chase each other round the balance instead of meeting there (Mescheder et
 * al. 2018, «Which training methods for GANs do actually converge?»). Found as a period in the
 * discriminator's loss: its autocorrelation falls below 0 and comes back. Thresholds: own; noise of
 * batches has no period, so that its autocorrelation comes back to a tenth or two.
 */
import { equilibriumOf } from "../../../spec/equilibria.ts";
import { measuredCourse, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { judgeOf, bothRatesTimes, batchTimes, wassersteinWithPenalty } from "../proposals.ts";

/** Measurements that are looked at, and the fewest. */
const most = 600;
const fewest = 60;
const limit = 0.5;
/** Standard deviation of the loss, as a share of the balance. */
const amplitude = 0.5;
const periods = 4;

export const oscillation: Rule = (facts) => {
  const { specification } = facts;
  const { loss } = specification;
  if (loss.kind === "wasserstein") return null;
  const course = measuredCourse(facts, "lossDiscriminator");
  const steps = course.steps.slice(-most);
  const values = course.values.slice(-most);
  if (values.length < fewest) return null;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviations = values.map((value) => value - mean);
  const deviation = Math.sqrt(deviations.reduce((sum, d) => sum + d * d, 0) / values.length);
  const balance = equilibriumOf(loss).discriminator;
  if (deviation < amplitude * balance) return null;
  const found = periodOf(deviations);
  if (!found || found.lag * periods > values.length || found.peak < limit) return null;
  const stepsApart = Math.round(
    ((steps.at(-1) as number) - (steps[0] as number)) / (steps.length - 1),
  );
  return {
    id: "oscillation",
    name: "The losses oscillate",
    severity: "warning",
    since: steps[0] as number,
    numbers: `The ${judgeOf(specification)}'s loss swings by ${said(deviation)} about ${said(mean)}, once in about ${(found.lag * stepsApart).toLocaleString("en")} steps.`,
    evidence: evidence("discriminator's loss", course, balance, "above"),
    why: "Each network answers the other's last move, a little too far each time, so that they circle round the balance instead of settling there. Smaller steps or larger batches damp it; so does a penalty on the discriminator's slope.",
    proposals: [
      bothRatesTimes(specification, 0.5),
      ...batchTimes(specification, 2),
      ...wassersteinWithPenalty(specification),
    ],
  };
};

/**
 * The lag at which the autocorrelation is first about as high as it gets after its first zero: twice the
 * period fits as well as once. Null where it has none.
 */
function periodOf(deviations: readonly number[]): { lag: number; peak: number } | null {
  const correlation = (lag: number) => {
    let sum = 0;
    let energy = 0;
    for (let i = 0; i < deviations.length; i++) {
      const here = deviations[i] as number;
      energy += here * here;
      if (i + lag < deviations.length) sum += here * (deviations[i + lag] as number);
    }
    // Of fewer pairs as many as there would be.
    return (sum / energy) * (deviations.length / (deviations.length - lag));
  };
  const longest = Math.floor(deviations.length / 3);
  let lag = 1;
  while (lag < longest && correlation(lag) > 0) lag++;
  const first = lag;
  const after = Array.from({ length: Math.max(0, longest - first) }, (_, i) =>
    correlation(first + i),
  );
  const highest = Math.max(0, ...after);
  const isPeak = (value: number, at: number) =>
    value >= 0.9 * highest && value >= (after[at + 1] ?? -1) && value > 0;
  const place = after.findIndex(isPeak);
  return place < 0 ? null : { lag: first + place, peak: after[place] as number };
}
