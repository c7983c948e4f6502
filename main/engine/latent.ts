/** Latent vectors on the host: the fixed ones of a run's gallery, and those of new samples. */
import { normal, uniform, type Seed } from "../random/philox.ts";
import type { Specification } from "../spec/specification.ts";

/** `count` vectors [count, size] from the specification's prior. */
export function latentVectors(
  { size, distribution }: Specification["latent"],
  count: number,
  seed: Seed,
): Float32Array<ArrayBuffer> {
  return distribution === "normal"
    ? normal(seed, count * size)
    : uniform(seed, count * size).map((value) => 2 * value - 1);
}
