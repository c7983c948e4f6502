/** From where a run goes on: its newest checkpoint that is still what was written. */
import { Problem } from "../../spec/problem.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import type { ApiContext } from "../context.ts";
import { damageNotice } from "./damage.ts";

/**
 * Null when the run has none yet: it then starts over. `notice` tells of damaged ones that were passed
 * over. Throws `checkpoint.damaged`.
 */
export async function checkpointToResume({ home }: ApiContext, id: string) {
  try {
    const { checkpoint, path, damaged } = await newestIntactCheckpoint(home, id);
    const notice =
      damaged.length === 0 ? "" : damageNotice(damaged, checkpoint.step, "the run goes on from");
    return { path, sha256: checkpoint.sha256, step: checkpoint.step, notice };
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "run.nocheckpoint") return null;
    throw thrown;
  }
}
