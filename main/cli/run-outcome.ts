/** How a run that was followed to its end is told: a few lines, or the document that scripts rely on. */
import type { RunSummary } from "../contract/runs.ts";
import { count, duration, figure } from "./format.ts";
import type { Outcome } from "./outcome.ts";
import { facts } from "./table.ts";

/** A run that failed or was lost is told with its reason, and is no success. */
export function runOutcome(run: RunSummary, more = ""): Outcome {
  const succeeded = run.status === "finished" || run.status === "stopped";
  const { id, status, epoch, step, losses, seconds } = run;
  const reason = run.reason ?? "The run ended before it was done.";
  return {
    json: {
      ...{ id, status, epoch, step, seconds: Math.round(seconds * 1000) / 1000 },
      losses: losses ?? { generator: null, discriminator: null },
      ...(succeeded ? {} : { error: { code: run.code ?? "session.crashed", message: reason } }),
    },
    text:
      facts([
        ["Run", id],
        ["Status", status],
        ["Reason", succeeded ? null : reason],
        ["Done", `epoch ${count(epoch)} of ${count(run.epochs)}, step ${count(step)}`],
        ["Losses", losses && `D ${figure(losses.discriminator)}  G ${figure(losses.generator)}`],
        ["Time", duration(seconds)],
      ]) + more,
    succeeded,
  };
}
