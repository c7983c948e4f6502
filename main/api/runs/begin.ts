/** What starting, resuming and forking a run have in common. */
import { rmSync } from "node:fs";
import { inspectDataset } from "../../data/open.ts";
import { originOf, updatesChangesOf } from "../../spec/course.ts";
import { splitOf } from "../../spec/data.ts";
import { reportOf } from "../../spec/problem.ts";
import { presets } from "../../spec/presets.ts";
import type { Specification } from "../../spec/specification.ts";
import { listEvents } from "../../store/events.ts";
import type { Home } from "../../store/home.ts";
import { cacheFolder, createRunFolder } from "../../store/layout.ts";
import { joinGroup } from "../../store/family.ts";
import { getRun, insertRun, updateRun, type RunRow } from "../../store/runs.ts";
import type { TrainJob } from "../../training/messages.ts";
import type { Course } from "../../training/position.ts";
import { requireData } from "../../training/requirements.ts";
import type { ApiContext } from "../context.ts";
import { requireFeatures } from "../evaluation/features.ts";
import { newRunId } from "./ids.ts";
import { startLive } from "./live.ts";
import { recordEvent } from "./record.ts";

/** Everything that can be wrong with the data is said before anything is stored. */
export async function requireDataOf({ home }: ApiContext, specification: Specification) {
  const dataset = await inspectDataset(specification.data.source, cacheFolder(home.folder));
  const split = splitOf(specification.data, dataset.length);
  const { image, classCounts } = dataset;
  requireData(specification, { image, classes: classCounts.length }, split);
  return { dataset, split };
}

/** What a run's events tell of the place of its steps. */
export function courseOf(home: Home, id: string): Course {
  const events = listEvents(home, id);
  return { origin: originOf(events) ?? undefined, changes: updatesChangesOf(events) };
}

export interface Start {
  specification: Specification;
  /** Default: that of the preset. */
  name?: string | undefined;
  engine: TrainJob["engine"];
  eager: boolean;
  /** The group of seeds that it belongs to. */
  group?: string;
}

/**
 * Stores a new run and starts its session. Throws what is wrong with its files, or that it is wanted no
 * more, and stores nothing then.
 */
export async function startRun(
  context: ApiContext,
  start: Start,
  wanted?: AbortSignal,
): Promise<RunRow> {
  const { home, now } = context;
  const { specification, name, engine, eager, group } = start;
  const { dataset } = await requireDataOf(context, specification);
  await requireFeatures(specification);
  // Looking at the data may have taken minutes.
  wanted?.throwIfAborted();
  const id = newRunId(home, specification.preset, new Date(now()));
  const folder = createRunFolder(home.folder, id);
  let stored: RunRow;
  try {
    stored = insertRun(home, {
      id,
      name: name ?? titleOf(specification),
      status: "starting",
      dataset: dataset.name,
      engine: null,
      createdAt: now(),
      specification,
    });
  } catch (thrown) {
    rmSync(folder, { recursive: true, force: true });
    throw thrown;
  }
  if (group !== undefined) joinGroup(home, id, group);
  const run = group === undefined ? stored : getRun(home, id);
  begin(context, run, "started", "", { specification, engine, eager, folder, from: null });
  return run;
}

export const titleOf = ({ preset }: Specification): string =>
  presets.find(({ id }) => id === preset)?.title ?? "Own design";

/** Records and announces the run and starts its session. What fails here ends the run, visibly. */
export function begin(
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
    const failed = updateRun(
      context.home,
      run.id,
      { status: "failed", reason, code },
      context.now(),
    );
    context.announcer.announce("run.changed", failed);
    throw thrown;
  }
}
