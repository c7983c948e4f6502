/**
 * Names for random streams. Every purpose of a run (start weights, shuffling, the n-th draw of a
 * step) gets its own stream, derived from the run's seed, so that adding a draw in one place never
 * shifts the numbers of another.
 */
import { words, type Seed } from "./philox.ts";

/** Mixes two 32-bit integers into one (the finaliser is Wellons' lowbias32, 2018). */
function mix(a: number, b: number): number {
  let hash = Math.imul(a, 0x85ebca6b) ^ Math.imul(b ^ (b >>> 15), 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  hash = Math.imul(hash ^ (hash >>> 15), 0x846ca68b);
  return (hash ^ (hash >>> 16)) | 0;
}

/** A 32-bit number for a text, different for different texts in all but rare cases. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = mix(hash, character.codePointAt(0) ?? 0);
  return hash;
}

/** First half of the seeds of a purpose; the second half is the caller's counter (a step, an epoch). */
export const streamKey = (runSeed: number, purpose: string): number =>
  mix(runSeed, hashText(purpose));

/** The seed of a purpose at a counter (a step, an epoch, 0). */
export const streamSeed = (runSeed: number, purpose: string, counter = 0): Seed => [
  streamKey(runSeed, purpose),
  counter,
];

/** A uniformly random order of 0 … count − 1 (Fisher and Yates, Durstenfeld 1964). */
export function permutation(seed: Seed, count: number): Uint32Array<ArrayBuffer> {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const random = words(seed, count);
  for (let i = count - 1; i > 0; i--) {
    // The bias of taking a 32-bit word times i + 1 is below 2⁻³² · count: far under what is visible.
    const j = Math.floor(((random[i] as number) / 0x100000000) * (i + 1));
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
  return order;
}
