/**
 * The training loop: feed, step, measure; at the end of each epoch samples and a checkpoint. It looks
 * for its owner's wishes between steps.
 */
import type { Gan } from "../engine/gan.ts";
import type { Trainer } from "../engine/trainer.ts";
import { isCheckupDue, type Checkups } from "./checkup.ts";
import { createCommits, type CommitContent } from "./commits.ts";
import type { Control } from "./control.ts";
import type { Feed } from "./feed.ts";
import type { FromSession, Measurement } from "./messages.ts";
import { divergence } from "./divergence.ts";
import type { RunCourse } from "./course.ts";
import { measuredStep } from "./measured-step.ts";
import { closesEpoch, epochsDone, stretchAt, type Stretch } from "./position.ts";
import { createProgress } from "./progress.ts";
import type { Rates } from "./rates.ts";
import { untilWritten } from "./room.ts";

/** Milliseconds after which a checkpoint is written inside a long epoch. */
const longestWithoutCheckpoint = 5 * 60_000;

export interface LoopParts {
  gan: Gan;
  /** The trainer for the steps of a stretch; the one before it is disposed of. */
  trainerFor: (stretch: Stretch) => Promise<Trainer>;
  feed: Feed;
  course: RunCourse;
  rates: Rates;
  folder: string;
  /** Length of the data set. */
  images: number;
  checkups: Checkups | null;
  control: Control;
  send: (message: FromSession) => void;
  /** A clock in milliseconds that never goes back. */
  now: () => number;
}

/**
 * Trains from `startStep` steps done to the plan's end, or until asked to stop.
 * Throws `run.diverged` when a loss or gradient is no longer finite and the specification does not have
 * it go on; the last checkpoint then still stands.
 */
export async function trainingLoop(
  parts: LoopParts,
  startStep: number,
): Promise<"finished" | "stopped"> {
  const { gan, course, rates, control, send, now } = parts;
  const { outputs, loop } = gan.specification;
  let step = startStep;
  let stretch = stretchAt(course.plan(), step + 1);
  let trainer = await parts.trainerFor(stretch);
  let trainingTime = 0;
  let savedStep = startStep;
  let lastSaved = now();
  let toldPaused = false;
  let lastCheckup = startStep;
  let uncommitted: Measurement[] = [];
  const progress = createProgress(loop.batchSize, send, now);

  const commits = createCommits({
    ...{ gan, folder: parts.folder, images: parts.images },
    tell: (commit) => {
      send({ type: "commit", commit });
    },
    written: (write) =>
      untilWritten(write, control, (problem) => {
        // It is paused, and says so when it goes on.
        toldPaused = true;
        send({ type: "blocked", step, problem });
      }),
  });

  /** Takes what belongs to it and has it written while the next steps are done. */
  const commit = async (sheet: CommitContent["sheet"] | null, withCheckpoint: boolean) => {
    const measurements = uncommitted;
    uncommitted = [];
    const hasCheckpoint = await commits.begin(trainer, {
      ...{ step, epoch: epochsDone(course.plan(), step), measurements },
      seconds: trainingTime / 1000,
      ...(sheet && { sheet }),
      ...(withCheckpoint && { checkpoint: { learningRates: rates.before(step) } }),
    });
    if (hasCheckpoint) savedStep = step;
    if (withCheckpoint) lastSaved = now();
  };

  const sendProgress = () => {
    progress.tell(step, course.plan(), stretch);
  };

  /** A single step is measured whether it is its turn or not: somebody looks. */
  const doStep = async (isSingle: boolean) => {
    const next = step + 1;
    const plan = course.plan();
    const itsStretch = stretchAt(plan, next);
    // Before the clock: a step of another kind is traced anew, which is no step's time.
    if (itsStretch.discriminatorSteps !== stretch.discriminatorSteps)
      trainer = await parts.trainerFor(itsStretch);
    stretch = itsStretch;
    const begun = now();
    const learningRates = rates.at(next, epochsDone(plan, step));
    const isItsTurn =
      next === startStep + 1 || next % outputs.measureEvery === 0 || next >= plan.totalSteps;
    const inFull = isItsTurn || isSingle;
    const done = await measuredStep(trainer, parts.feed, { step: next, learningRates, inFull });
    step = next;
    const { measurement } = done;
    const diverged = !done.isFinite;
    if (inFull || (diverged && loop.stopWhenDiverged)) {
      uncommitted.push(measurement);
      progress.add(measurement);
    }
    progress.took(now() - begun);
    if (isItsTurn && !diverged && parts.checkups && isCheckupDue(step, lastCheckup)) {
      lastCheckup = step;
      const checkup = await parts.checkups(trainer);
      if (checkup) measurement.checkup = checkup;
    }
    trainingTime += now() - begun;
    return { diverged, measurement };
  };

  const atEnd = () => step >= course.plan().totalSteps;

  if (step === 0) {
    await commit({ closesEpoch: false }, false);
    // A folder that cannot be written is told of before anything is trained.
    await commits.settled();
  }
  while (!atEnd() && !control.isStopping()) {
    // A run that stands still has everything stored, or waits for room for it.
    if (control.isPaused() || commits.hasFailed()) await commits.settled();
    if (control.isPaused() !== toldPaused) {
      toldPaused = control.isPaused();
      sendProgress();
      send({ type: toldPaused ? "paused" : "continued", step });
    }
    await control.untilWanted();
    if (control.takeSave()) {
      if (step > savedStep) await commit(null, true);
      await commits.settled();
      send({ type: "saved", step });
    }
    const wanted = control.takeRates();
    if (wanted) {
      const change = { from: step + 1, ...wanted };
      rates.change(change);
      send({ type: "rates", change });
    }
    const wantedUpdates = control.takeUpdates();
    if (wantedUpdates !== null)
      send({ type: "updates", change: course.changeUpdates(step, wantedUpdates) });
    if (control.isStopping()) continue;
    // A step that was asked for before the run went on is one of its steps.
    const isSingle = control.takeStep() && control.isPaused();
    if (control.isPaused() && !isSingle) continue;

    const { diverged, measurement } = await doStep(isSingle);
    if (diverged && loop.stopWhenDiverged) {
      sendProgress();
      await commit(null, false);
      await commits.settled();
      throw divergence(step);
    }
    const epochEnds = closesEpoch(course.plan(), step);
    if (epochEnds || outputs.sampleAtSteps.includes(step) || atEnd()) {
      // What was measured is told before it is stored, so that nobody hears of it twice.
      sendProgress();
      await commit({ closesEpoch: epochEnds }, epochEnds || atEnd());
    } else if (now() - lastSaved >= longestWithoutCheckpoint) {
      sendProgress();
      await commit(null, true);
    }
    if (isSingle || progress.isDue()) sendProgress();
    if (isSingle) send({ type: "stepped", measurement });
    // Native steps resolve without a turn of the event loop; messages need one.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  sendProgress();
  if (step > savedStep) await commit(null, true);
  await commits.settled();
  return atEnd() ? "finished" : "stopped";
}
