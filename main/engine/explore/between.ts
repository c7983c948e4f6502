/**
 * Ways between two latent vectors. Vectors of a normal prior lie near a sphere, and the straight line
 * between two of them leaves it for lengths that the generator never saw; the great circle does not
 * (spherical interpolation: Shoemake 1985; for generators: White 2016).
 */
import type { Specification } from "../../spec/specification.ts";

type Vector = Float32Array<ArrayBuffer>;

/** `a` and `b` mixed by these weights. */
const blended = (a: Float32Array, b: Float32Array, ofA: number, ofB: number): Vector =>
  Float32Array.from(a, (value, index) => ofA * value + ofB * (b[index] ?? 0));

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);

/** Angles below this are too small to divide by; the line and the circle are then the same. */
const smallestSine = 1e-4;

/** The point at `share` (0 is `a`, 1 is `b`) of the great circle; lengths change evenly with it. */
export function spherical(a: Float32Array, b: Float32Array, share: number): Vector {
  const lengths = Math.sqrt(dot(a, a) * dot(b, b));
  const cosine = lengths === 0 ? 1 : dot(a, b) / lengths;
  const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
  const sine = Math.sin(angle);
  if (sine < smallestSine) return linear(a, b, share);
  return blended(a, b, Math.sin((1 - share) * angle) / sine, Math.sin(share * angle) / sine);
}

/** The point at `share` of the straight line. */
export const linear = (a: Float32Array, b: Float32Array, share: number): Vector =>
  blended(a, b, 1 - share, share);

/** `count` vectors [count, size] from `a` to `b`, both included: linear for uniform priors. */
export function vectorsBetween(
  a: Float32Array,
  b: Float32Array,
  count: number,
  distribution: Specification["latent"]["distribution"],
): Vector {
  const way = distribution === "normal" ? spherical : linear;
  const vectors = new Float32Array(count * a.length);
  for (let index = 0; index < count; index++) {
    vectors.set(way(a, b, count === 1 ? 0 : index / (count - 1)), index * a.length);
  }
  return vectors;
}
