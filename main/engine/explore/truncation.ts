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

/**
 * `count` vectors [count, size] of new samples; those of the same seed without a threshold are the same
 * as `gan-studio sample` draws.
 *
 * @param threshold of normal priors, 0.1 or more; null for none
 */
export function sampleVectors(
  latent: Specification["latent"],
  count: number,
  seed: number,
  threshold: number | null,
): Float32Array<ArrayBuffer> {
  const vectors = latentVectors(latent, count, streamSeed(seed, "new samples"));
  if (threshold === null || latent.distribution !== "normal") return vectors;
  let outside = placesOutside(vectors, threshold);
  for (let round = 0; round < rounds && outside.length > 0; round++) {
    const drawn = normal(streamSeed(seed, "new samples/truncated", round), outside.length);
    for (const [index, place] of outside.entries()) vectors[place] = drawn[index] as number;
    outside = outside.filter((place) => Math.abs(vectors[place] as number) > threshold);
  }
  for (const place of outside) vectors[place] = Math.sign(vectors[place] as number) * threshold;
  return vectors;
}

function placesOutside(vectors: Float32Array, threshold: number): number[] {
  const places: number[] = [];
  for (const [place, value] of vectors.entries()) {
    if (Math.abs(value) > threshold) places.push(place);
  }
  return places;
}
