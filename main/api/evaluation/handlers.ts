/** Commands for evaluations: compute, call off, list. */
import type { Handlers } from "../../contract/commands.ts";
import { usualCount } from "../../contract/evaluations.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import { getRun, getSpecification } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";
import type { AutomaticEvaluations } from "./automatic.ts";
import { checkpointOf, checkpointsByEpoch, evaluate } from "./evaluate.ts";

type Handled = Pick<Handlers, "runs.evaluate" | "runs.cancelEvaluation" | "runs.evaluations">;

export function evaluationHandlers(context: ApiContext, automatic: AutomaticEvaluations): Handled {
  const { home, evaluations } = context;
  return {
    async "runs.evaluate"({
      id,
      epoch,
      all = false,
      count = usualCount,
      seed = 0,
      features: given,
      data,
    }) {
      if (all && epoch !== undefined) {
        throw new Problem("usage", "Name an epoch or ask for all, not both.");
      }
      getRun(home, id);
      const stored = parseSpecification(getSpecification(home, id));
      const source = data ?? stored.data.source;
      const specification = { ...stored, data: { ...stored.data, source } };
      const features = given === undefined ? specification.outputs.features : given;
      return evaluations.run(id, async (signal) => {
        const checkpoints = all
          ? checkpointsByEpoch(context, id)
          : [await checkpointOf(context, id, epoch)];
        if (checkpoints.length === 0) {
          throw new Problem("run.nocheckpoint", `The run ${id} keeps no checkpoint yet.`);
        }
        const background = context.live.has(id);
        const asked = { id, specification, checkpoints, count, seed, features };
        return { evaluations: await evaluate(context, { ...asked, background, signal }) };
      });
    },

    async "runs.cancelEvaluation"({ id }) {
      return { cancelled: await evaluations.cancel(id) };
    },

    async "runs.evaluations"({ id, settled = false }) {
      getRun(home, id);
      if (settled) await automatic.settled(id);
      return { evaluations: listEvaluations(home, id) };
    },
  };
}
