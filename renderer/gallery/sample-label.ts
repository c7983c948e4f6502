/** What a grid is called: by its epoch, or by its step when it was drawn in between. */
import type { Sample } from "../../main/contract/runs.ts";
import { formatCount } from "../shared/formats.ts";

export function sampleLabel({ closesEpoch, epoch, step }: Sample): string {
  if (step === 0) return "untrained";
  return closesEpoch ? `epoch ${formatCount(epoch)}` : `step ${formatCount(step)}`;
}

/** The same in the width of a small picture. */
export function shortSampleLabel({ closesEpoch, epoch, step }: Sample): string {
  if (step === 0) return "start";
  return closesEpoch ? epoch.toString() : `s${step.toString()}`;
}
