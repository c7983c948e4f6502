/** Commands that give a run a session: start and resume. */
import type { Handlers } from "../../contract/commands.ts";
import { inspectDataset } from "../../data/open.ts";
import { splitOf, type Split } from "../../spec/data.ts";
import { presets } from "../../spec/presets.ts";
import { Problem, reportOf } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { cacheFolder, createRunFolder, runFolder } from "../../store/layout.ts";
import { rewindRun } from "../../store/rewind.ts";
import { getRun, getSpecification, insertRun, updateRun, type RunRow } from "../../store/runs.ts";
import type { TrainJob } from "../../training/messages.ts";
import { planOf } from "../../training/position.ts";
import { requireData } from "../../training/requirements.ts";
import type { ApiContext } from "../context.ts";
import { newRunId } from "./ids.ts";
import { startLive } from "./live.ts";
import { recordEvent } from "./record.ts";

type Lifecycle = Pick<Handlers, "runs.start" | "runs.resume">;

export function lifecycleHandlers(context: ApiContext): Lifecycle {
  const { home, now } = context;

  /** Everything that can be wrong with the data is said before anything is stored. */
  const requireDataOf = async (specification: Specification) => {
    const dataset = await inspectDataset(specification.data.source, cacheFolder(home.folder));
    const split = splitOf(specification.data, dataset.length);
    const { image, classCounts } = dataset;
    requireData(specification, { image, classes: classCounts.length }, split);
    return { dataset, split };
  };

  return {
    async "runs.start"({ specification: given, name, engine, eager = false }) {
      const specification = parseSpecification(given);
      const { dataset } = await requireDataOf(specification);
      const id = newRunId(specification.preset, new Date(now()));
      const folder = createRunFolder(home.folder, id);
      const run = insertRun(home, {
        id,
        name: name ?? titleOf(specification),
        status: "starting",
        dataset: dataset.name,
        engine: null,
        createdAt: now(),
        specification,
      });
      begin(context, run, "started", "", { specification, engine, eager, folder, from: null });
      return run;
    },

    async "runs.resume"({ id, epochs, steps, engine }) {
      const before = getRun(home, id);
      if (context.live.has(id) || context.starting.has(id)) {
        throw new Problem("run.state", `The run ${id} is being trained already.`);
      }
      context.starting.add(id);
      try {
        const stored = parseSpecification(getSpecification(home, id));
        const { split } = await requireDataOf(stored);
        const specification = extended(stored, { epochs, steps }, split);
        requireMore(specification, split, before);
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

/** Records and announces the run and starts its session. What fails here ends the run, visibly. */
function begin(
  context: ApiContext,
  run: RunRow,
  event: "started" | "resumed",
  notice: string,
  job: Omit<TrainJob, "kind" | "cache">,
): void {
  try {
    recordEvent(context, run.id, event, notice);
    context.announcer.announce("run.changed", run);
    const cache = cacheFolder(context.home.folder);
    startLive(context, run.id, { kind: "train", cache, ...job });
  } catch (thrown) {
    const { code, message: reason } = reportOf(thrown);
    updateRun(context.home, run.id, { status: "failed", reason, code }, context.now());
    throw thrown;
  }
}

const titleOf = ({ preset }: Specification): string =>
  presets.find(({ id }) => id === preset)?.title ?? "Own design";

/**
 * `epochs` and `steps` count from the run's beginning. New epochs alone lift an old step limit; new
 * steps alone come with as many epochs as they need.
 */
function extended(
  specification: Specification,
  { epochs, steps }: { epochs: number | undefined; steps: number | undefined },
  split: Split,
): Specification {
  if (epochs === undefined && steps === undefined) return specification;
  const { stepsPerEpoch } = planOf(specification, split.training.count);
  const needed = steps === undefined ? 0 : Math.ceil(steps / stepsPerEpoch);
  const loop = {
    ...specification.loop,
    epochs: epochs ?? Math.max(specification.loop.epochs, needed),
    steps: steps ?? null,
  };
  return parseSpecification({ ...specification, loop });
}

/** Throws `run.state` when the run has already come as far as it is asked to. */
function requireMore(specification: Specification, split: Split, run: RunRow): void {
  const { totalSteps } = planOf(specification, split.training.count);
  if (run.step < totalSteps) return;
  throw new Problem(
    "run.state",
    `The run ${run.id} is finished (epoch ${run.epoch.toLocaleString("en")}, step ${run.step.toLocaleString("en")}). To train on, ask for more epochs or steps in all.`,
  );
}

/** Null when the run has none yet: it then starts over. Throws `checkpoint.damaged`. */
async function checkpointToResume({ home }: ApiContext, id: string) {
  try {
    const { checkpoint, path, damaged } = await newestIntactCheckpoint(home, id);
    const notice =
      damaged.length === 0
        ? ""
        : `The checkpoint of step ${(damaged[0]?.step ?? 0).toLocaleString("en")} is damaged; the run goes on from step ${checkpoint.step.toLocaleString("en")}.`;
    return { path, sha256: checkpoint.sha256, step: checkpoint.step, notice };
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.code === "run.nocheckpoint") return null;
    throw thrown;
  }
}
