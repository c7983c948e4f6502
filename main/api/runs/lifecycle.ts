/** Commands that start, steer and resume runs. */
import type { Handlers } from "../../contract/commands.ts";
import { inspectDataset } from "../../data/open.ts";
import { splitOf, type Split } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { presets } from "../../spec/presets.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { commitEvent } from "../../store/commit.ts";
import { createRunFolder, runFolder } from "../../store/layout.ts";
import { rewindRun } from "../../store/rewind.ts";
import { getRun, getSpecification, insertRun, updateRun } from "../../store/runs.ts";
import type { CheckpointFile, TrainJob } from "../../training/messages.ts";
import { planOf } from "../../training/position.ts";
import { requireData } from "../../training/requirements.ts";
import type { ApiContext } from "../context.ts";
import { newRunId } from "./ids.ts";
import type { LiveSession } from "./live-session.ts";
import { startLive } from "./live.ts";

type Lifecycle = Pick<
  Handlers,
  "runs.start" | "runs.pause" | "runs.continue" | "runs.stop" | "runs.save" | "runs.resume"
>;

export function lifecycleHandlers(context: ApiContext): Lifecycle {
  const { home, live, now } = context;

  const liveOf = (id: string): LiveSession => {
    const session = live.get(id);
    if (session) return session;
    const { status } = getRun(home, id);
    throw new Problem("run.state", `The run ${id} is not being trained now; it is ${status}.`);
  };

  return {
    async "runs.start"({ specification: given, name, engine }) {
      const specification = parseSpecification(given);
      // Everything that can be wrong with the data is said before there is a run.
      const dataset = await inspectDataset(specification.data.source);
      requireData(specification, dataset.image, splitOf(specification.data, dataset.length));
      const id = newRunId(specification.preset, new Date(now()));
      const run = insertRun(home, {
        id,
        name: name ?? titleOf(specification),
        status: "starting",
        dataset: dataset.name,
        engine: null,
        createdAt: now(),
        specification,
      });
      commitEvent(home, id, { at: now(), step: 0, kind: "started", detail: "" });
      const folder = createRunFolder(home.folder, id);
      context.announcer.announce("run.changed", run);
      startLive(context, id, jobOf(specification, engine, folder, null));
      return run;
    },

    async "runs.pause"({ id }) {
      const session = liveOf(id);
      session.process.send({ type: "pause" });
      return session.next("paused");
    },

    async "runs.continue"({ id }) {
      const session = liveOf(id);
      session.process.send({ type: "continue" });
      return session.next("continued");
    },

    async "runs.stop"({ id }) {
      const session = liveOf(id);
      session.process.send({ type: "stop" });
      return session.over;
    },

    async "runs.save"({ id }) {
      const session = liveOf(id);
      session.process.send({ type: "save" });
      return session.next("saved");
    },

    async "runs.resume"({ id, epochs, steps, engine }) {
      const run = getRun(home, id);
      if (live.has(id)) {
        throw new Problem("run.state", `The run ${id} is being trained already.`);
      }
      const stored = parseSpecification(getSpecification(home, id));
      const dataset = await inspectDataset(stored.data.source);
      const split = splitOf(stored.data, dataset.length);
      const specification = extended(stored, { epochs, steps }, split);
      requireData(specification, dataset.image, split);
      const from = await checkpointToResume(context, id);
      const step = from?.step ?? 0;
      if (run.status === "finished" && isReached(specification, run)) {
        throw new Problem(
          "run.state",
          `The run ${id} is finished (epoch ${run.epoch.toLocaleString("en")}, step ${run.step.toLocaleString("en")}). To train on, ask for more epochs or steps in all.`,
        );
      }
      rewindRun(home, id, step, now());
      commitEvent(home, id, { at: now(), step, kind: "resumed", detail: from?.notice ?? "" });
      const changes = { status: "starting", reason: null, specification } as const;
      const started = updateRun(home, id, changes, now());
      context.announcer.announce("run.changed", started);
      // The same engine goes on where it can: another's numbers differ in their last digits.
      const used = engine === "auto" && run.engine === "wasm" ? "wasm" : engine;
      startLive(context, id, jobOf(specification, used, runFolder(home.folder, id), from));
      return started;
    },
  };
}

const titleOf = ({ preset }: Specification): string =>
  presets.find(({ id }) => id === preset)?.title ?? "Own design";

const jobOf = (
  specification: Specification,
  engine: TrainJob["engine"],
  folder: string,
  from: CheckpointFile | null,
): TrainJob => ({
  kind: "train",
  specification,
  engine,
  folder,
  from: from && { path: from.path, sha256: from.sha256 },
});

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
  return { ...specification, loop };
}

const isReached = ({ loop }: Specification, run: { epoch: number; step: number }): boolean =>
  run.epoch >= loop.epochs || (loop.steps !== null && run.step >= loop.steps);

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
