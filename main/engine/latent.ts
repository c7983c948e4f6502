/** Latent vectors on the host: the fixed ones of a run's gallery, and those of new samples. */
import { normal, uniform, type Seed } from "../random/philox.ts";
import type { Specification } from "../spec/specification.ts";

/** `count` vectors [count, size] of the specification's prior, from the seed's `from`-th on. */
export function latentVectors(
  { size, distribution }: Specification["latent"],
  count: number,
  seed: Seed,
  from = 0,
): Float32Array<ArrayBuffer> {
  return distribution === "normal"
    ? normal(seed, count * size, from * size)
    : uniform(seed, count * size, from * size).map((value) => 2 * value - 1);
}

/**
 * The classes of a sheet's images: the asked one for all, else one after the other, so that a sheet
 * as wide as there are classes shows one a column. Undefined for a generator that knows of none.
 */
export function sheetLabels(
  { conditioning }: Specification,
  count: number,
  label: number | null = null,
): Uint8Array | undefined {
  if (!conditioning) return undefined;
  return Uint8Array.from({ length: count }, (_, index) => label ?? index % conditioning.classes);
}
