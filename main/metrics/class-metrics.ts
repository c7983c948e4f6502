/**
 * Which classes a generator draws, by the classifier's most probable class of each image: how many of
 * them at all, how evenly (entropy, in nats), and how far from the data's own shares (KL(generated ‖
 * real), the «reverse KL» of Srivastava et al. 2017, «VEEGAN», and Lin et al. 2018, «PacGAN»). And how
 * sure the classifier is.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { centredInterval, meanEstimate, percentileInterval } from "./bootstrap.ts";
import { bestOf, sharesOf, type Predictions } from "./predictions.ts";

export interface ClassMetrics {
  /** Classes with an image at least, over those with a real one at least: 0 to 1. */
  classCoverage: Estimate;
  /** Of the shares, 0 to ln classes. */
  classEntropy: Estimate;
  /** 0 for the real shares. Infinite where a class is drawn that no real image has. */
  reverseDivergence: Estimate;
  /** Mean probability of the most probable class. */
  confidence: Estimate;
}

export function classMetrics(
  real: Predictions,
  generated: Predictions,
  seed: number,
): ClassMetrics {
  const { classes } = generated;
  const { best, confidence } = bestOf(generated);
  const { known: _, ...metrics } = modeMetrics(bestOf(real).best, best, classes, seed);
  return { ...metrics, confidence: meanEstimate(confidence, seed) };
}

/** Of the most probable class of each real and each generated image; `known`: classes with a real one. */
export function modeMetrics(
  real: Uint32Array,
  generated: Uint32Array,
  classes: number,
  seed: number,
): Omit<ClassMetrics, "confidence"> & { known: number } {
  const expected = sharesOf(real, classes);
  const known = expected.reduce((sum, share) => sum + (share > 0 ? 1 : 0), 0);
  const count = generated.length;
  const ofShares =
    (statistic: (shares: Float64Array) => number) => (places: ArrayLike<number> | null) =>
      statistic(sharesOf(generated, classes, places));
  const centred = (statistic: (shares: Float64Array) => number): Estimate => {
    const of = ofShares(statistic);
    const value = of(null);
    const { low, high } = centredInterval(value, count, seed, of);
    return { value, low: Math.max(0, low), high };
  };
  const covered = ofShares((shares) => coveredOf(shares, expected) / known);
  const coverage = { value: covered(null), ...percentileInterval(count, seed, covered) };
  return {
    known,
    // Resampling only ever loses classes.
    classCoverage: { ...coverage, high: Math.max(coverage.high, coverage.value) },
    classEntropy: centred(entropyOf),
    reverseDivergence: centred((shares) => divergenceOf(shares, expected)),
  };
}

const coveredOf = (shares: Float64Array, expected: Float64Array): number =>
  shares.reduce((sum, share, c) => sum + (share > 0 && (expected[c] as number) > 0 ? 1 : 0), 0);

const entropyOf = (shares: Float64Array): number =>
  shares.reduce((sum, p) => sum - (p > 0 ? p * Math.log(p) : 0), 0);

const divergenceOf = (shares: Float64Array, expected: Float64Array): number =>
  shares.reduce((sum, p, c) => sum + (p > 0 ? p * Math.log(p / (expected[c] as number)) : 0), 0);
