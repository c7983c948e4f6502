/** What a run's row says when its session has ended or stands still, in sentences. */
import type { ProblemReport } from "../../spec/problem.ts";
import type { RunChanges } from "../../store/runs.ts";
import { deathProblem } from "../sessions/death.ts";
import type { SessionExit } from "../sessions/host.ts";

export type Ending = Required<Pick<RunChanges, "status" | "reason" | "code">>;

const kept = "Everything up to the last checkpoint is kept; resume the run to go on.";

export const failure = ({ code, message }: ProblemReport): Ending => ({
  status: "failed",
  reason: message,
  code,
});

export const stopped: Ending = { status: "stopped", reason: null, code: null };

export const abandoned: Ending = {
  status: "interrupted",
  reason: "GAN Studio closed before the run was saved; resume it from its last checkpoint.",
  code: null,
};

/** Why a process ended that said nothing of it; `silence` where it was ended for that. */
export const deathOf = (exit: SessionExit, silence: ProblemReport | null): ProblemReport => {
  const { code, message } = silence ?? deathProblem(exit);
  return { code, message };
};

export const silenceOf = (seconds: number): ProblemReport => ({
  code: "session.unresponsive",
  message: `The training process gave no sign of life for ${seconds.toFixed(0)} seconds and was ended.`,
});

/** `restarts`: how often it had been started again before; 0 where that is not done. */
export const deadly = ({ code, message }: ProblemReport, restarts: number): Ending => {
  const times = restarts === 1 ? "once" : `${restarts.toString()} times`;
  const again =
    restarts === 0
      ? ""
      : ` It had been started again ${times} within five minutes, and is not again.`;
  return { status: "failed", reason: `${message}${again} ${kept}`, code };
};

/** A full disk that nobody waits for. */
export const unsaved = ({ code, message }: ProblemReport): Ending => ({
  status: "failed",
  reason: `${message} What came after the last checkpoint could not be saved. ${kept}`,
  code,
});

/** A full disk that the run waits out. */
export const standstill = ({ message }: ProblemReport): Ending => ({
  status: "paused",
  reason: `${message.replace(/ Free some space.*$/, "")} The run is paused and keeps all that it has done. Free some space, then press Continue.`,
  code: "disk.full",
});
