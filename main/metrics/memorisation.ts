/**
 * Whether generated images lie nearer to the training images than images do that were kept aside: the
 * probability that a generated one is nearer to its nearest training image than a held-out one to its
 * own (ties count half). 0.5 is how new images are, towards 1 are copies, below 0.5 the generated ones
 * are further off than real ones. The Mann-Whitney statistic of Meehan, Chaudhuri and Dasgupta 2020,
 * «A non-parametric test to detect data-copying», over the whole space and as a probability.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { meanEstimate } from "./bootstrap.ts";
import { nearestDistances } from "./neighbours.ts";
import { centred, columnMeans, type Rows } from "./rows.ts";

export async function memorisation(
  training: Rows,
  heldOut: Rows,
  generated: Rows,
  seed: number,
): Promise<Estimate> {
  const means = columnMeans(training);
  const set = centred(training, means);
  const usual = (await nearestDistances(centred(heldOut, means), set)).sort();
  const found = await nearestDistances(centred(generated, means), set);
  // For each generated image the share of held-out ones that are further off.
  const nearer = found.map((distance) => {
    const below = placeOf(usual, (other) => other >= distance);
    const upTo = placeOf(usual, (other) => other > distance);
    return 1 - (below + upTo) / 2 / usual.length;
  });
  return meanEstimate(nearer, seed);
}

/** The first place in sorted values that is `enough`, by halving. */
function placeOf(sorted: Float64Array, enough: (value: number) => boolean): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (enough(sorted[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
