/** What a training session reports of its run: stored, then announced. */
import { updatesEvent, updatesWords } from "../../spec/course.ts";
import { rateEvent, wordsOf } from "../../spec/learning-rates.ts";
import { commitProgress } from "../../store/commit.ts";
import { getRun, updateRun, type RunChanges, type RunRow } from "../../store/runs.ts";
import { insertSitting } from "../../store/sittings.ts";
import type { Commit, FromSession, Measurement } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { readiness } from "./readiness.ts";
import { recordEvent } from "./record.ts";
import { pruneCheckpoints } from "./retention.ts";
import { columnsOf, sampleOf } from "./shapes.ts";
import { surroundingsOf } from "./surroundings.ts";

/** What has been told of a run so far. */
interface Told {
  /** As last stored. */
  run: RunRow;
  /** Measured since the last commit. */
  tail: Measurement[];
  /** Seconds that the run had been trained before the process that reports now. */
  earlierSeconds: number;
  /** How many of each have been answered and stored. */
  saves: { answered: number; isKept: boolean };
  rateChanges: number;
  updatesChanges: number;
  singleSteps: { count: number; last: Measurement | null };
}

export interface Reports {
  readonly told: Told;
  change: (changes: RunChanges) => void;
  /** Throws what storing throws; the same message may then be taken again. */
  take: (message: FromSession) => void;
}

export function createReports(context: ApiContext, runId: string): Reports {
  const { home, announcer, held, now } = context;
  const run = getRun(home, runId);
  const told: Told = {
    ...{ run, tail: [], earlierSeconds: run.seconds },
    ...{
      saves: { answered: 0, isKept: true },
      rateChanges: 0,
      updatesChanges: 0,
      singleSteps: { count: 0, last: null },
    },
  };

  let engine: Extract<FromSession, { type: "ready" }>["engine"] | null = null;

  const change = (changes: RunChanges) => {
    told.run = updateRun(home, runId, changes, now());
    announcer.announce("run.changed", told.run);
  };

  const store = (commit: Commit) => {
    const last = commit.measurements.at(-1)?.values;
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    told.run = commitProgress(home, {
      ...commit,
      runId,
      seconds: told.earlierSeconds + commit.seconds,
      losses: losses ?? null,
      events: [],
      now: now(),
    });
    told.tail = told.tail.filter((measurement) => measurement.step > commit.step);
    for (const sample of commit.samples) {
      announcer.announce("run.sampled", { id: runId, sample: sampleOf(sample) });
    }
    announcer.announce("run.changed", told.run);
    // What cannot be pruned now is pruned after the next commit.
    if (commit.checkpoint) pruneCheckpoints(home, runId, held).catch(() => undefined);
  };

  const take = (message: FromSession) => {
    switch (message.type) {
      case "ready": {
        const { compilation } = message;
        engine = message.engine;
        recordEvent(context, runId, "ready", readiness(engine, compilation));
        const surroundings = surroundingsOf(engine, compilation.mode);
        insertSitting(home, runId, { at: now(), step: told.run.step, surroundings });
        change({ status: "running", engine: engine.name, mode: compilation.mode });
        return;
      }
      case "progress": {
        const { progress } = message;
        told.tail.push(...progress.measurements);
        const measurements = columnsOf(progress.measurements);
        announcer.announce("run.progress", { id: runId, ...progress, measurements });
        return;
      }
      case "commit":
        store(message.commit);
        return;
      case "paused":
        recordEvent(context, runId, "paused", "", message.step);
        change({ status: "paused" });
        return;
      case "continued":
        recordEvent(context, runId, "continued", "", message.step);
        change({ status: "running", reason: null, code: null });
        return;
      case "blocked":
        recordEvent(context, runId, "disk full", message.problem.message);
        return;
      case "saved":
        told.saves = { answered: told.saves.answered + 1, isKept: message.isKept };
        return;
      case "traced": {
        const { compilation } = message;
        // What is not compiled is several times as slow: that is not to go unsaid.
        if (engine === null || compilation.mode === told.run.mode) return;
        recordEvent(context, runId, "ready", readiness(engine, compilation));
        change({ mode: compilation.mode });
        return;
      }
      case "stepped":
        told.singleSteps = { count: told.singleSteps.count + 1, last: message.measurement };
        return;
      case "rates": {
        const { change: rates } = message;
        recordEvent(context, runId, rateEvent, wordsOf(rates), rates.from);
        told.rateChanges++;
        return;
      }
      case "updates": {
        const { change: updates } = message;
        recordEvent(context, runId, updatesEvent, updatesWords(updates), updates.from);
        told.updatesChanges++;
        return;
      }
      // How a session ends is its owner's matter; the answers of other jobs are not a run's.
      case "ended":
      case "problem":
      case "tracing":
      case "described":
      case "generated":
      case "benched":
      case "verifying":
      case "verified":
      case "explored":
      case "evaluating":
      case "measured":
      case "evaluated":
      case "exporting":
      case "exported":
      case "adopted":
        return;
    }
  };

  return { told, change, take };
}
