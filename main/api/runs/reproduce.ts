/**
 * Reproduction: a run is trained again from its specification, seed and events, in a folder of its
 * own that is removed after, and compared as it goes. It becomes no run.
 */
import { rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import type { Reproduction } from "../../contract/family.ts";
import type { Handlers, Payload } from "../../contract/commands.ts";
import { reproductionEvents, reproductionSentence } from "../../contract/reproduction-text.ts";
import { createFolder } from "../../files/durable-folder.ts";
import { beginning, originOf, updatesChangesOf } from "../../spec/course.ts";
import { changesOf } from "../../spec/learning-rates.ts";
import { Problem, reportOf, type ProblemReport } from "../../spec/problem.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { listEvents } from "../../store/events.ts";
import { cacheFolder } from "../../store/layout.ts";
import { getRun, getSpecification, type RunRow } from "../../store/runs.ts";
import { listSittings, type Surroundings } from "../../store/sittings.ts";
import type { Commit, TrainJob } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { deathProblem } from "../sessions/death.ts";
import { sayGoodbye } from "../sessions/farewell.ts";
import { requireDataOf } from "./begin.ts";
import { recordEvent } from "./record.ts";
import { createComparer, type Comparer } from "./reproduce-compare.ts";
import { changesBetween, surroundingsOf } from "./surroundings.ts";

type Reproducing = Pick<Handlers, "runs.reproduce" | "runs.cancelReproduce">;

/** Of all reproductions; what a crash leaves here goes when the api is opened again. */
const folderOf = (home: string): string => join(home, "reproductions");

export function reproduceHandlers(context: ApiContext): Reproducing {
  const { home, announcer, closing } = context;
  const running = new Map<string, AbortController>();
  try {
    rmSync(folderOf(home.folder), { recursive: true, force: true });
  } catch (thrown) {
    // What is left takes room, and is written over.
    console.warn(reportOf(thrown).message);
  }
  closing.signal.addEventListener("abort", () => {
    for (const controller of running.values()) controller.abort();
  });
  // There is nothing left to compare with.
  announcer.subscribe("run.deleted", ({ id }) => running.get(id)?.abort());

  return {
    async "runs.reproduce"({ id, steps }) {
      if (running.has(id))
        throw new Problem("run.state", `The run ${id} is being reproduced already.`);
      const controller = new AbortController();
      running.set(id, controller);
      const folder = join(folderOf(home.folder), id);
      try {
        const job = await jobOf(context, { id, steps }, folder);
        const result = await reproduce(context, id, job, controller.signal);
        if (result.outcome !== "cancelled") {
          const words = [reproductionSentence(result), ...result.caveats].join(" ");
          recordEvent(context, id, reproductionEvents[result.outcome], words);
        }
        return result;
      } finally {
        running.delete(id);
        await rm(folder, { recursive: true, force: true });
      }
    },

    "runs.cancelReproduce"({ id }) {
      const controller = running.get(id);
      controller?.abort();
      return { cancelled: controller !== undefined };
    },
  };
}

type ReproductionJob = TrainJob & { until: number };

/** Throws `run.state` for a run that is being trained or has not trained, and what its data throws. */
async function jobOf(
  context: ApiContext,
  { id, steps }: Payload<"runs.reproduce">,
  folder: string,
): Promise<ReproductionJob> {
  const { home, live } = context;
  const run = getRun(home, id);
  if (live.has(id))
    throw new Problem(
      "run.state",
      `The run ${id} is being trained; reproduce it when it has ended.`,
    );
  const specification = parseSpecification(getSpecification(home, id));
  const events = listEvents(home, id);
  const origin = originOf(events);
  const from = origin?.step ?? 0;
  if (run.step <= from)
    throw new Problem("run.state", `The run ${id} has trained no step yet that could be compared.`);
  await requireDataOf(context, specification);
  for (const name of ["checkpoints", "samples"]) createFolder(join(folder, name));
  return {
    ...{ kind: "train", specification, folder, origin },
    engine: run.engine === "wasm" ? "wasm" : "auto",
    eager: run.mode === "eager",
    cache: cacheFolder(home.folder),
    from: origin && (await startOf(context, id, from)),
    rateChanges: changesOf(events),
    updatesChanges: updatesChangesOf(events),
    until: Math.min(run.step, steps === undefined ? Infinity : from + steps),
  };
}

async function startOf({ home }: ApiContext, id: string, step: number) {
  const { checkpoint, path } = await newestIntactCheckpoint(home, id, step);
  if (checkpoint.step === step) return { path, sha256: checkpoint.sha256 };
  throw new Problem(
    "run.nocheckpoint",
    `The checkpoint with which the run ${id} left its parent is damaged or gone; without it the run cannot be trained again.`,
  );
}

function reproduce(
  context: ApiContext,
  id: string,
  job: ReproductionJob,
  signal: AbortSignal,
): Promise<Reproduction> {
  const { home, host, announcer } = context;
  const run = getRun(home, id);
  const comparer = createComparer(home, id, job.folder);
  const from = job.origin?.step ?? beginning.step;
  let step = from;
  let caveats: string[] = [];
  let comparing = Promise.resolve();

  return new Promise((resolve, reject) => {
    const session = host.start();
    let isOver = false;
    const finish = (outcome: Reproduction["outcome"]) => {
      if (isOver) return;
      isOver = true;
      resolve(resultOf(outcome));
      // A cancelled one, or one that differs, still trains.
      if (outcome === "cancelled" || comparer.result().difference) session.kill();
      else sayGoodbye(session);
    };
    const fail = (thrown: Error) => {
      isOver = true;
      reject(thrown);
      session.kill();
    };
    const resultOf = (outcome: Reproduction["outcome"]): Reproduction => {
      const { measured, checkpoints, difference, damaged } = comparer.result();
      const lost = damaged.map(
        (at) =>
          `The checkpoint of step ${at.toLocaleString("en")} is damaged and was not compared.`,
      );
      const all = [...caveats, ...lost];
      const told = outcome === "cancelled" ? outcome : difference ? "different" : "equal";
      return { id, outcome: told, from, step, measured, checkpoints, difference, caveats: all };
    };
    const compare = async (commit: Commit) => {
      if (isOver) return;
      await comparer.add(commit);
      await removeFiles(job.folder, commit);
      const { difference } = comparer.result();
      step = difference?.step ?? commit.step;
      if (difference) finish("different");
    };
    /** Does it after all that is being compared. */
    const inTurn = (work: () => Promise<void> | void) => {
      comparing = comparing.then(work).catch((thrown: unknown) => {
        fail(thrown instanceof Error ? thrown : new Error(String(thrown)));
      });
    };
    const finishEqual = () => {
      finish("equal");
    };

    signal.addEventListener("abort", () => {
      finish("cancelled");
    });
    if (signal.aborted) finish("cancelled");
    const failed = ({ code, message }: ProblemReport) => {
      // A run that diverged diverges again; its numbers until then were compared.
      if (code === "run.diverged") inTurn(finishEqual);
      else fail(new Problem(code, message));
    };
    session.onMessage((message) => {
      // The data folder may be closed by now.
      if (isOver) return;
      if (message.type === "ready") {
        const now = surroundingsOf(message.engine, message.compilation.mode);
        inTurn(() => {
          caveats = caveatsOf(run, listSittings(home, id), now);
        });
      } else if (message.type === "progress") {
        const { step: reached } = message.progress;
        announcer.announce("run.reproducing", { id, step: reached, totalSteps: job.until });
      } else if (message.type === "commit") inTurn(() => compare(message.commit));
      else if (message.type === "ended") inTurn(finishEqual);
      else if (message.type === "problem") failed(message.problem);
    });
    session.onExit((exit) => {
      inTurn(() => {
        if (!isOver) fail(deathProblem(exit));
      });
    });
    session.send({ type: "start", job });
  });
}

async function removeFiles(
  folder: string,
  { samples, checkpoint }: Parameters<Comparer["add"]>[0],
): Promise<void> {
  for (const { file } of [...samples, ...(checkpoint ? [checkpoint] : [])])
    await rm(join(folder, ...file.split("/")), { force: true });
}

/** Why the same numbers cannot be expected. */
function caveatsOf(run: RunRow, then: readonly Surroundings[], now: Surroundings): string[] {
  if (then.length === 0) {
    const known = run.engine !== null && run.engine !== now.engine;
    return [
      known
        ? `It was trained by the engine ${run.engine ?? ""} and is compared with ${now.engine}: the last digits may differ, and all that follows from them.`
        : "What it was trained with was not kept, so the same numbers can be hoped for, not expected.",
    ];
  }
  const changes = [...new Set(then.flatMap((sitting) => changesBetween(sitting, now)))];
  if (changes.length === 0) return [];
  return [
    `Other surroundings than then: ${changes.join(", ")}. The same numbers cannot be expected: sums are taken in another order, which changes last digits, and all that follows from them.`,
  ];
}
