/** Commands about how good a run's images are. */
import { answers } from "../command.ts";
import { evaluatePayload, evaluationsPayload, type RunEvaluations } from "../evaluations.ts";
import { ofRun } from "../values.ts";

export const evaluationCommands = {
  /**
   * Measures how good the images of a run's checkpoints are, and stores it with the run: of the newest,
   * of the one that closed `epoch`, or of all that are kept.
   * Answers with what is new; `run.evaluating` tells how far it is. One a run at a time.
   */
  "runs.evaluate": answers<RunEvaluations>()(evaluatePayload),
  /** What was done by then is kept. */
  "runs.cancelEvaluation": answers<{ cancelled: boolean }>()(ofRun),
  /**
   * All that was ever measured of a run, by step. `settled`: answers when nothing more is being
   * measured by itself.
   */
  "runs.evaluations": answers<RunEvaluations>()(evaluationsPayload),
};
