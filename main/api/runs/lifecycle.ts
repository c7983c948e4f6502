/** Commands that give a run a session: start and resume. */
import type { Handlers } from "../../contract/commands.ts";
import type { Split } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { runFolder } from "../../store/layout.ts";
import { rewindRun } from "../../store/rewind.ts";
import { getRun, getSpecification, updateRun, type RunRow } from "../../store/runs.ts";
import { epochsFor, planOf, type Course } from "../../training/position.ts";
import type { ApiContext } from "../context.ts";
import { requireTrained } from "../exports/import.ts";
import { begin, courseOf, requireDataOf, startRun } from "./begin.ts";
import { checkpointToResume } from "./checkpoint-to-resume.ts";

type Lifecycle = Pick<Handlers, "runs.start" | "runs.resume">;

export function lifecycleHandlers(context: ApiContext): Lifecycle {
  const { home, now } = context;

  return {
    "runs.start": async ({ specification, name, engine, eager = false }) =>
      startRun(context, {
        ...{ specification: parseSpecification(specification), name },
        ...{ engine, eager },
      }),

    async "runs.resume"({ id, epochs, steps, engine }) {
      const before = getRun(home, id);
      requireTrained(home, id);
      if (context.live.has(id) || context.starting.has(id)) {
        throw new Problem("run.state", `The run ${id} is being trained already.`);
      }
      context.starting.add(id);
      try {
        const stored = parseSpecification(getSpecification(home, id));
        const { split } = await requireDataOf(context, stored);
        const course = courseOf(home, id);
        const specification = extended(stored, { epochs, steps }, split, course);
        requireMore(specification, split, before, course);
        const from = await checkpointToResume(context, id);
        rewindRun(home, id, from?.step ?? 0, now());
        const changes = { status: "starting", reason: null, code: null, specification } as const;
        const run = updateRun(home, id, changes, now());
        // The same engine and mode go on where they can: others' numbers differ in their last digits.
        const used = engine === "auto" && before.engine === "wasm" ? "wasm" : engine;
        const folder = runFolder(home.folder, id);
        const file = from && { path: from.path, sha256: from.sha256 };
        const eager = before.mode === "eager";
        const job = { specification, engine: used, eager, folder, from: file };
        begin(context, run, "resumed", from?.notice ?? "", job);
        return run;
      } finally {
        context.starting.delete(id);
      }
    },
  };
}

/**
 * `epochs` and `steps` count from the run's beginning. New epochs alone lift an old step limit; new
 * steps alone come with as many epochs as they need.
 */
function extended(
  specification: Specification,
  { epochs, steps }: { epochs: number | undefined; steps: number | undefined },
  split: Split,
  course: Course,
): Specification {
  if (epochs === undefined && steps === undefined) return specification;
  const needed =
    steps === undefined ? 0 : epochsFor(steps, specification, split.training.count, course);
  const loop = {
    ...specification.loop,
    epochs: epochs ?? Math.max(specification.loop.epochs, needed),
    steps: steps ?? null,
  };
  return parseSpecification({ ...specification, loop });
}

/** Throws `run.state` when the run has already come as far as it is asked to. */
function requireMore(
  specification: Specification,
  split: Split,
  run: RunRow,
  course: Course,
): void {
  const { totalSteps } = planOf(specification, split.training.count, course);
  if (run.step < totalSteps) return;
  throw new Problem(
    "run.state",
    `The run ${run.id} is finished (epoch ${run.epoch.toLocaleString("en")}, step ${run.step.toLocaleString("en")}). To train on, ask for more epochs or steps in all (on the command line: --epochs, --steps).`,
  );
}
