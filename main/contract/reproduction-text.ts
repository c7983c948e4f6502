/** What came of training a run again, as one sentence: for the command line, the page and the run's events. */
import type { Reproduction } from "./family.ts";

/** Kinds of the events that tell a run's reproductions; a cancelled one leaves none. */
export const reproductionEvents = { equal: "reproduced", different: "not reproduced" } as const;

const count = (value: number): string => value.toLocaleString("en");
const plural = (value: number, noun: string): string =>
  `${count(value)} ${noun}${value === 1 ? "" : "s"}`;

export function reproductionSentence(result: Omit<Reproduction, "id" | "caveats">): string {
  const { outcome, from, step, measured, checkpoints, difference } = result;
  const compared = `${plural(measured, "measured step")} and ${plural(checkpoints, "checkpoint")} compared`;
  if (outcome === "cancelled") return `Cancelled at step ${count(step)}; ${compared}, all equal.`;
  const since = from === 0 ? "" : `, those of its own after step ${count(from)}`;
  if (!difference) return `Equal in all ${plural(step - from, "step")}${since}: ${compared}.`;
  const { measure, then, now } = difference;
  const at = `step ${count(difference.step)}`;
  if (measure === "checkpoint")
    return `Different: the weights of the checkpoint at ${at} are others, though nothing measured before was; ${compared}.`;
  const size = Math.abs((now ?? NaN) - (then ?? NaN));
  return `Different from ${at} on: ${measure} was ${String(then)} and is ${String(now)}, ${size.toExponential(2)} apart; ${compared}.`;
}
