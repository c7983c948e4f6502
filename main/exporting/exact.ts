/**
 * A network's numbers nearly without rounding: sums in 64 bits, for the question whose rounding it is
 * where the engine and an export differ by more than usual. Deep networks make the rounding of 32 bits
 * larger, and the engine's own may be the larger part.
 */
import { largestAllowed, largestDifference } from "./difference.ts";
import type { Inputs } from "./format.ts";
import { createNetwork } from "./html/network.ts";
import { programOf } from "./html/program.ts";
import type { ExportModel } from "./model.ts";

/** [count, …output]. In plain JavaScript: a second or so for small networks, ten for those of 64×64 in colour. */
export function exactOutput(
  model: ExportModel,
  { values, count, labels }: Inputs,
): Float32Array<ArrayBuffer> {
  const { steps, bytes } = programOf(model, false);
  return createNetwork(steps, bytes)(values, count, labels ?? null);
}

/** So far from the engine rounding alone does not lead. */
const roundingAtMost = 1e-4;

/**
 * Whether an export in full precision computes the same network as the engine: it is as near to it as
 * rounding leaves it, or it is as near to the exact numbers and the rest is the engine's own rounding.
 * `exact` is asked only where that is the question.
 */
export function isSameNetwork(
  { engine, exported }: { engine: Float32Array; exported: Float32Array },
  exact: () => Float32Array,
): boolean {
  const difference = largestDifference(engine, exported);
  if (difference <= largestAllowed) return true;
  if (!(difference <= roundingAtMost)) return false;
  return largestDifference(exact(), exported) <= largestAllowed;
}
