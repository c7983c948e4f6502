/**
 * A training session and its run: what the session reports is stored, then announced; how it ends
 * becomes the run's status. The session's process may die at any moment, and the disk be full.
 */
import { changesOf, rateEvent, wordsOf } from "../../spec/learning-rates.ts";
import { reportOf, type ProblemReport } from "../../spec/problem.ts";
import { commitProgress } from "../../store/commit.ts";
import { listEvents } from "../../store/events.ts";
import { getRun, updateRun, type RunChanges, type RunRow } from "../../store/runs.ts";
import type { Commit, FromSession, Measurement, TrainJob } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { deathProblem } from "../sessions/death.ts";
import { sayGoodbye } from "../sessions/farewell.ts";
import type { SessionExit } from "../sessions/host.ts";
import { createWatchdog } from "../sessions/watchdog.ts";
import type { LiveSession } from "./live-session.ts";
import { readiness } from "./readiness.ts";
import { recordEvent } from "./record.ts";
import { pruneCheckpoints } from "./retention.ts";
import { columnsOf, sampleOf } from "./shapes.ts";

type End = Required<Pick<RunChanges, "status" | "reason" | "code">>;

const kept = "Everything up to the last checkpoint is kept; resume the run to go on.";

function deathOf(exit: SessionExit): End {
  const { code, message } = deathProblem(exit);
  return { status: "failed", reason: `${message} ${kept}`, code };
}

/** Starts a session for a run that is stored as `starting`. */
export function startLive(context: ApiContext, runId: string, job: TrainJob): LiveSession {
  const { home, announcer, live, now } = context;
  let run = getRun(home, runId);
  const earlierSeconds = run.seconds;
  const process = context.host.start();
  let end: End | null = null;
  let tail: Measurement[] = [];
  let saves = 0;
  let rateChanges = 0;
  let singleSteps: ReturnType<LiveSession["singleSteps"]> = { count: 0, last: null };
  const waiting = new Set<{ condition: () => boolean; resolve: (run: RunRow) => void }>();
  const { promise: over, resolve: finish } = Promise.withResolvers<RunRow>();

  const change = (changes: RunChanges) => {
    run = updateRun(home, runId, changes, now());
    announcer.announce("run.changed", run);
  };

  const fail = ({ code, message }: ProblemReport) => {
    end ??= { status: "failed", reason: message, code };
  };

  const watchdog = createWatchdog((seconds) => {
    fail({
      code: "session.unresponsive",
      message: `The training process gave no sign of life for ${seconds.toFixed(0)} seconds and was ended. ${kept}`,
    });
    process.kill();
  });

  const store = (commit: Commit) => {
    const last = commit.measurements.at(-1)?.values;
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    run = commitProgress(home, {
      ...commit,
      runId,
      seconds: earlierSeconds + commit.seconds,
      losses: losses ?? null,
      events: [],
      now: now(),
    });
    tail = tail.filter((measurement) => measurement.step > commit.step);
    for (const sample of commit.samples) {
      announcer.announce("run.sampled", { id: runId, sample: sampleOf(sample) });
    }
    announcer.announce("run.changed", run);
    // What cannot be pruned now is pruned after the next commit.
    if (commit.checkpoint) pruneCheckpoints(home, runId).catch(() => undefined);
  };

  const receive = (message: FromSession) => {
    watchdog.heard();
    switch (message.type) {
      case "ready":
        tellEngine(message);
        return;
      case "progress": {
        const { progress } = message;
        watchdog.heard(progress.millisecondsPerStep);
        tail.push(...progress.measurements);
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
        change({ status: "running" });
        return;
      case "saved":
        saves++;
        return;
      case "stepped":
        singleSteps = { count: singleSteps.count + 1, last: message.measurement };
        return;
      case "rates": {
        const { change: rates } = message;
        recordEvent(context, runId, rateEvent, wordsOf(rates), rates.from);
        rateChanges++;
        return;
      }
      case "ended":
        end = { status: message.outcome, reason: null, code: null };
        sayGoodbye(process);
        return;
      case "problem":
        fail(message.problem);
        sayGoodbye(process);
        return;
      case "described":
      case "generated":
      case "benched":
      case "explored":
        return;
    }
  };

  const tellEngine = ({ engine, compilation }: Extract<FromSession, { type: "ready" }>) => {
    recordEvent(context, runId, "ready", readiness(engine, compilation));
    change({ status: "running", engine: engine.name, mode: compilation.mode });
  };

  const settle = () => {
    for (const waiter of waiting) {
      if (!waiter.condition()) continue;
      waiting.delete(waiter);
      waiter.resolve(run);
    }
  };

  process.onMessage((message) => {
    // After a failure nothing more is stored: a later commit without an earlier one would be a lie.
    if (end) return;
    try {
      receive(message);
      // A run that stands still says nothing until it is asked for something.
      if (run.status === "paused") watchdog.rest();
    } catch (thrown) {
      // What cannot be stored (a full disk) must not be trained past: end, and say so.
      fail(reportOf(thrown));
      process.kill();
    }
    settle();
  });

  process.onExit((exit: SessionExit) => {
    watchdog.rest();
    const { status, reason, code } = end ?? deathOf(exit);
    try {
      recordEvent(context, runId, status, reason ?? "");
      change({ status, reason, code });
    } catch (thrown) {
      // The disk may be full; the row is put right when the data folder is opened next.
      console.error(reportOf(thrown).message);
      run = { ...run, status, reason, code };
    }
    if (live.get(runId) === session) live.delete(runId);
    finish(run);
  });

  const session: LiveSession = {
    run: runId,
    status: () => run.status,
    send: process.send,
    abandon() {
      end ??= {
        status: "interrupted",
        reason: "GAN Studio closed before the run was saved; resume it from its last checkpoint.",
        code: null,
      };
      process.kill();
    },
    saves: () => saves,
    singleSteps: () => singleSteps,
    rateChanges: () => rateChanges,
    wish: "running",
    tail: () => tail,
    until: (condition) =>
      Promise.race([
        over,
        new Promise<RunRow>((resolve) => {
          waiting.add({ condition, resolve });
          settle();
        }),
      ]),
    over,
  };
  live.set(runId, session);
  const changed = changesOf(listEvents(home, runId));
  process.send({ type: "start", job: { ...job, rateChanges: changed } });
  return session;
}
