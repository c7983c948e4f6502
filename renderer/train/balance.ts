/**
 * One plain sentence about who is ahead. At balance the discriminator gives the same answer for real
 * and generated images, which fixes its loss (main/spec/equilibria.ts); below it is ahead, above the
 * generator is. What this leaves out: whether the samples are any good.
 */
import type { Losses } from "../../main/contract/runs.ts";
import { equilibriumOf } from "../../main/spec/equilibria.ts";
import type { Loss } from "../../main/spec/losses.ts";
import { formatLoss } from "../shared/formats.ts";

/** Losses within this share of the balance count as balanced. */
const tolerance = 0.12;
/** Below this share of the balance, the discriminator's answers hardly teach the generator. */
const farAhead = 0.35;

/** `losses`: means over the newest measurements; null before the first. */
export function balanceSentence(losses: Losses | null, loss: Loss): string {
  if (losses === null)
    return "The first figures come after a few steps; the sentence here will say who is ahead.";
  if (!Number.isFinite(losses.generator) || !Number.isFinite(losses.discriminator))
    return "The losses are no longer numbers: this run has diverged. Lower the learning rates and start again.";
  if (loss.kind === "wasserstein")
    return `The critic's loss is ${formatLoss(losses.discriminator)}. Its negative estimates how far generated images are from real ones; towards 0 is better.`;
  const balance = equilibriumOf(loss).discriminator;
  const ratio = losses.discriminator / balance;
  const figures = `its loss is ${formatLoss(losses.discriminator)}; at balance it would be ${formatLoss(balance)}.`;
  if (ratio < farAhead)
    return `The discriminator is far ahead: ${figures} If this lasts, the generator stops learning.`;
  if (ratio < 1 - tolerance) return `The discriminator is ahead: ${figures}`;
  if (ratio > 1 + tolerance)
    return `The generator is ahead, the discriminator is often wrong: ${figures}`;
  return `The two are near balance: the discriminator's loss is ${formatLoss(losses.discriminator)}; at balance it would be ${formatLoss(balance)}.`;
}
