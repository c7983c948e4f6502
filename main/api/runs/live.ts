/**
 * A training session and its run: what the session reports is stored, then announced; how it ends
 * becomes the run's status. The session's process may die at any moment.
 */
import { commitEvent, commitProgress } from "../../store/commit.ts";
import { getRun, updateRun, type RunChanges, type RunRow } from "../../store/runs.ts";
import { reportOf, type ProblemReport } from "../../spec/problem.ts";
import type { Commit, FromSession, TrainJob } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { deathProblem } from "../sessions/death.ts";
import type { SessionExit } from "../sessions/host.ts";
import type { LiveSession } from "./live-session.ts";
import { pruneCheckpoints } from "./retention.ts";
import { columnsOf, sampleOf } from "./shapes.ts";

/** Milliseconds that a session gets for ending by itself once its job is done. */
const endTime = 5000;

/** Starts a session for a run that is stored as `starting`. */
export function startLive(context: ApiContext, runId: string, job: TrainJob): LiveSession {
  const { home, announcer, live, now } = context;
  const process = context.host.start();
  const base = getRun(home, runId);
  let ended: Pick<RunChanges, "status" | "reason"> | null = null;
  const waiting: { type: FromSession["type"]; resolve: (run: RunRow) => void }[] = [];
  let finish: (run: RunRow) => void = () => undefined;

  const session: LiveSession = {
    run: runId,
    process,
    tail: [],
    over: new Promise((resolve) => (finish = resolve)),
    next: (type) =>
      Promise.race([
        session.over,
        new Promise<RunRow>((resolve) => waiting.push({ type, resolve })),
      ]),
  };

  const change = (changes: RunChanges): RunRow => {
    const run = updateRun(home, runId, changes, now());
    announcer.announce("run.changed", run);
    return run;
  };

  const record = (kind: string, detail: string, step = getRun(home, runId).step) => {
    const event = { at: now(), step, kind, detail };
    commitEvent(home, runId, event);
    announcer.announce("run.event", { id: runId, event });
  };

  const store = (commit: Commit) => {
    const last = commit.measurements.at(-1)?.values;
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    const run = commitProgress(home, {
      ...commit,
      runId,
      seconds: base.seconds + commit.seconds,
      losses: losses ?? null,
      events: [],
      now: now(),
    });
    session.tail = session.tail.filter((measurement) => measurement.step > commit.step);
    for (const sample of commit.samples) {
      announcer.announce("run.sampled", { id: runId, sample: sampleOf(sample) });
    }
    announcer.announce("run.changed", run);
    if (commit.checkpoint) void pruneCheckpoints(home, runId);
  };

  const fail = ({ message }: ProblemReport) => {
    ended ??= { status: "failed", reason: message };
  };

  const receive = (message: FromSession) => {
    switch (message.type) {
      case "ready":
        change({ status: "running", engine: message.engine.name });
        return;
      case "progress":
        session.tail.push(...message.progress.measurements);
        announcer.announce("run.progress", {
          id: runId,
          ...message.progress,
          measurements: columnsOf(message.progress.measurements),
        });
        return;
      case "commit":
        store(message.commit);
        return;
      case "paused":
        record("paused", "", message.step);
        change({ status: "paused" });
        return;
      case "continued":
        record("continued", "", message.step);
        change({ status: "running" });
        return;
      case "ended":
        ended = { status: message.outcome, reason: null };
        setTimeout(() => {
          process.kill();
        }, endTime).unref();
        return;
      case "problem":
        fail(message.problem);
        return;
      case "saved":
      case "generated":
      case "benched":
        return;
    }
  };

  const close = (exit: SessionExit) => {
    if (!ended) fail(reportOf(deathProblem(exit)));
    live.delete(runId);
    const { status = "failed", reason = null } = ended ?? {};
    record(status, reason ?? "");
    finish(change({ status, reason }));
  };

  process.onMessage((message) => {
    try {
      receive(message);
    } catch (thrown) {
      // What cannot be stored (a full disk) must not be trained past: end, and say so.
      fail(reportOf(thrown));
      process.kill();
    }
    for (const waiter of waiting.filter(({ type }) => type === message.type)) {
      waiting.splice(waiting.indexOf(waiter), 1);
      waiter.resolve(getRun(home, runId));
    }
  });
  process.onExit(close);
  live.set(runId, session);
  process.send({ type: "start", job });
  return session;
}
