/**
 * The truncation trick for normal priors (Marchesi 2017; Brock et al. 2019, section 3.1): values whose
 * size is above a threshold are drawn again until they are not. Fewer kinds of images, more typical
 * ones. Values within the threshold stay what they are, so that a large one changes nothing.
 */
import { normal } from "../../random/philox.ts";
import { streamSeed } from "../../random/streams.ts";
import type { Specification } from "../../spec/specification.ts";
import { latentVectors } from "../latent.ts";

/** At the smallest threshold, 0.1, a draw is within it 8 times in 100: after so many, 2 in 10,000 are left. */
const rounds = 100;

export interface SampleNoise {
  /** The next vectors [count, size]. */
  next(count: number): Float32Array<ArrayBuffer>;
  /** Leaves out so many. */
  skip(count: number): void;
}

/** Vectors that are drawn at a time only to be left out. */
const skippedAtOnce = 4096;

/**
 * The vectors of new samples, in their order, some at a time: the same in whatever parts. Those of the
 * same seed without a threshold are the same as `gan-studio sample` draws.
 *
 * @param threshold of normal priors, 0.1 or more; null for none
 */
export function sampleNoise(
  latent: Specification["latent"],
  seed: number,
  threshold: number | null,
): SampleNoise {
  const limit = latent.distribution === "normal" ? threshold : null;
  const used = new Float64Array(rounds);
  let drawn = 0;
  const next = (count: number) => {
    const vectors = latentVectors(latent, count, streamSeed(seed, "new samples"), drawn);
    drawn += count;
    if (limit !== null) truncate(vectors, seed, limit, used);
    return vectors;
  };
  const skip = (count: number) => {
    if (limit === null) drawn += count;
    // What is drawn again depends on how often that was needed before.
    else
      for (let left = count; left > 0; left -= skippedAtOnce) next(Math.min(left, skippedAtOnce));
  };
  return { next, skip };
}

/** The first `count` vectors [count, size] of `sampleNoise`. */
export const sampleVectors = (
  latent: Specification["latent"],
  count: number,
  seed: number,
  threshold: number | null,
): Float32Array<ArrayBuffer> => sampleNoise(latent, seed, threshold).next(count);

/** `used`: numbers of each round that went to vectors before; those that go to these are added. */
function truncate(
  vectors: Float32Array,
  seed: number,
  threshold: number,
  used: Float64Array,
): void {
  let outside = placesOutside(vectors, threshold);
  for (let round = 0; round < rounds && outside.length > 0; round++) {
    const from = used[round] as number;
    const drawn = normal(streamSeed(seed, "new samples/truncated", round), outside.length, from);
    used[round] = from + outside.length;
    for (const [index, place] of outside.entries()) vectors[place] = drawn[index] as number;
    outside = outside.filter((place) => Math.abs(vectors[place] as number) > threshold);
  }
  for (const place of outside) vectors[place] = Math.sign(vectors[place] as number) * threshold;
}

function placesOutside(vectors: Float32Array, threshold: number): number[] {
  const places: number[] = [];
  for (const [place, value] of vectors.entries()) {
    if (Math.abs(value) > threshold) places.push(place);
  }
  return places;
}
