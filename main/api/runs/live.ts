/**
 * A training session and its run: what the session reports is stored, then announced; how it ends
 * becomes the run's status. The session's process may die at any moment and is then started again a
 * few times; the disk may be full, and the run then waits.
 */
import { originOf, updatesChangesOf } from "../../spec/course.ts";
import { changesOf } from "../../spec/learning-rates.ts";
import { reportOf, type ProblemReport } from "../../spec/problem.ts";
import { listEvents } from "../../store/events.ts";
import { sweepRun } from "../../store/recover.ts";
import { rewindRun } from "../../store/rewind.ts";
import type { RunRow } from "../../store/runs.ts";
import type { FromSession, ToSession, TrainJob } from "../../training/messages.ts";
import type { ApiContext } from "../context.ts";
import { sayGoodbye } from "../sessions/farewell.ts";
import type { SessionExit, SessionProcess } from "../sessions/host.ts";
import { createWatchdog, type Watchdog } from "../sessions/watchdog.ts";
import { createBacklog } from "./backlog.ts";
import { checkpointToResume } from "./checkpoint-to-resume.ts";
import { damagedEvent } from "./damage.ts";
import {
  abandoned,
  deadly,
  deathOf,
  failure,
  silenceOf,
  standstill,
  stopped,
  unsaved,
  type Ending,
} from "./endings.ts";
import type { LiveSession } from "./live-session.ts";
import { recordEvent } from "./record.ts";
import { createReports } from "./reports.ts";
import { createRestarts } from "./restarts.ts";

/** What is asked for once and answered later, so that it must reach a process that lives. */
const lasting: ReadonlySet<string> = new Set(["save", "rates", "updates"]);

/** Starts a session for a run that is stored as `starting`. Throws where no process can be started. */
export function startLive(context: ApiContext, runId: string, job: TrainJob): LiveSession {
  const { home, announcer, live, now } = context;
  const { told, change, take } = createReports(context, runId);
  const restarts = createRestarts(context.restarts, () => performance.now());
  let process: SessionProcess;
  let watchdog: Watchdog;
  let isGone = false;
  let isStopping = false;
  let end: Ending | null = null;
  /** Why the process was ended by us, where it had fallen silent. */
  let silence: ProblemReport | null = null;
  /** Who found no room: this process, which stores, or the session, which writes files. */
  let blockedBy: "store" | "session" | null = null;
  /** Asked for while no process was there. */
  const missed: ToSession[] = [];
  /** A standstill that could not be stored either. */
  let unstored: Ending | null = null;
  const waiting = new Set<{ condition: () => boolean; resolve: (run: RunRow) => void }>();
  const { promise: over, resolve: finish } = Promise.withResolvers<RunRow>();

  const settle = () => {
    for (const waiter of waiting) {
      if (!waiter.condition()) continue;
      waiting.delete(waiter);
      waiter.resolve(told.run);
    }
  };

  /** Nothing is lost and nothing goes on: what could not be written is tried again at Continue. */
  const block = (problem: ProblemReport, by: "store" | "session") => {
    blockedBy = by;
    session.wish = "paused";
    const ending = standstill(problem);
    try {
      change(ending);
    } catch (thrown) {
      if (reportOf(thrown).code !== "disk.full") throw thrown;
      unstored = ending;
      told.run = { ...told.run, ...ending };
      announcer.announce("run.changed", told.run);
    }
    watchdog.rest();
    settle();
  };

  const backlog = createBacklog((problem) => {
    process.send({ type: "pause" });
    backlog.store(() => {
      recordEvent(context, runId, "disk full", problem.message);
    });
    block(problem, "store");
  });

  const deliver = (message: FromSession) => {
    // What waits for room comes before the end, which is stored when the process has gone.
    if (message.type === "ended") end = { ...stopped, status: message.outcome };
    else if (message.type === "problem") end ??= failure(message.problem);
    else if (message.type === "progress") {
      watchdog.heard(message.progress.millisecondsPerStep);
      take(message);
    } else {
      if (message.type === "tracing") watchdog.load();
      backlog.store(() => {
        take(message);
      });
    }
    if (end) sayGoodbye(process);
    if (message.type === "blocked") block(message.problem, "session");
  };

  const hear = (message: FromSession) => {
    // After a failure nothing more is stored: a later commit without an earlier one would be a lie.
    if (end) return;
    try {
      watchdog.heard();
      deliver(message);
      // A run that stands still says nothing until it is asked for something.
      if (told.run.status === "paused") watchdog.rest();
    } catch (thrown) {
      // What cannot be stored must not be trained past: end, and say so.
      end ??= failure(reportOf(thrown));
      process.kill();
    }
    settle();
  };

  const leave = () => {
    unstored = null;
    // A process that was killed may have left files. A next one writes none before it has loaded.
    sweepRun(home, runId).catch(() => undefined);
    if (live.get(runId) === session) live.delete(runId);
    finish(told.run);
  };

  const conclude = (ending: Ending) => {
    recordEvent(context, runId, ending.status, ending.reason ?? "");
    change(ending);
    leave();
  };

  const concludeAnyway = (ending: Ending) => {
    try {
      conclude(ending);
    } catch (thrown) {
      // The disk may be full; the row is put right when the data folder is opened next.
      console.error(reportOf(thrown).message);
      told.run = { ...told.run, ...ending };
      leave();
    }
  };

  /** For an end that cannot wait for room on the disk. */
  const giveUp = (ending: Ending) => {
    backlog.drop();
    end ??= ending;
    if (isGone) concludeAnyway(end);
    else process.kill();
  };

  const startAgain = async (death: ProblemReport) => {
    // Whoever waits for an answer of the dead process gets none.
    for (const waiter of waiting) waiter.resolve(told.run);
    waiting.clear();
    try {
      recordEvent(
        context,
        runId,
        "restarted",
        `${death.message} The run goes on from its last checkpoint.`,
      );
      change({ status: "starting" });
      await sweepRun(home, runId);
      const from = await checkpointToResume(context, runId);
      if (isStopping) end ??= stopped;
      if (end) {
        concludeAnyway(end);
        return;
      }
      told.run = rewindRun(home, runId, from?.step ?? 0, now());
      announcer.announce("run.changed", told.run);
      if (from && from.notice !== "") recordEvent(context, runId, damagedEvent, from.notice);
      launch(from && { path: from.path, sha256: from.sha256 });
    } catch (thrown) {
      concludeAnyway(end ?? failure(reportOf(thrown)));
    }
  };

  const gone = (exit: SessionExit) => {
    watchdog.rest();
    isGone = true;
    const death = deathOf(exit, silence);
    // With something still to be stored the run would go on behind what it has done.
    const mayGoOn = end === null && !isStopping && backlog.isEmpty();
    if (mayGoOn && restarts.take()) {
      void startAgain(death);
      return;
    }
    const ending = end ?? deadly(death, mayGoOn ? context.restarts : 0);
    if (isStopping) {
      concludeAnyway(ending);
      return;
    }
    try {
      // Behind what waits for room, which would be lost if the run ended before it is stored.
      backlog.store(() => {
        conclude(ending);
      });
    } catch {
      concludeAnyway(ending);
    }
  };

  const goOn = () => {
    try {
      backlog.retry();
    } catch (thrown) {
      session.wish = "paused";
      const report = reportOf(thrown);
      if (report.code !== "disk.full") giveUp(failure(report));
      throw thrown;
    }
    unstored = null;
    // The session need not have heard that it was to pause; it then says nothing of going on.
    if (blockedBy === "store" && !isGone) change({ status: "running", reason: null, code: null });
    blockedBy = null;
  };

  const send = (message: ToSession) => {
    if (message.type === "continue") goOn();
    if (message.type === "stop") {
      isStopping = true;
      try {
        backlog.retry();
      } catch (thrown) {
        giveUp(unsaved(reportOf(thrown)));
        return;
      }
    }
    // Who is being started again hears it then; pausing and stopping are known by other ways.
    if (isGone && lasting.has(message.type)) missed.push(message);
    process.send(message);
  };

  const session: LiveSession = {
    run: runId,
    status: () => told.run.status,
    standstill: () => unstored,
    send,
    abandon() {
      isStopping = true;
      giveUp(abandoned);
    },
    saves: () => told.saves,
    singleSteps: () => told.singleSteps,
    rateChanges: () => told.rateChanges,
    updatesChanges: () => told.updatesChanges,
    wish: "running",
    tail: () => told.tail,
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

  const launch = (from: TrainJob["from"]) => {
    const events = listEvents(home, runId);
    told.earlierSeconds = told.run.seconds;
    told.tail = [];
    silence = null;
    isGone = false;
    process = context.host.start();
    process.onMessage(hear);
    process.onExit(gone);
    watchdog = createWatchdog((seconds) => {
      silence = silenceOf(seconds);
      process.kill();
    });
    const replayed = {
      rateChanges: changesOf(events),
      updatesChanges: updatesChangesOf(events),
      origin: originOf(events),
    };
    process.send({ type: "start", job: { ...job, ...replayed, from } });
    if (session.wish === "paused") process.send({ type: "pause" });
    for (const message of missed.splice(0)) process.send(message);
  };

  // First, for it may fail: a run without a process must not count as live.
  launch(job.from);
  live.set(runId, session);
  return session;
}
