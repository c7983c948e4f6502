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
import { createPace } from "./pace.ts";
import type { RunCourse } from "./course.ts";
import { closesEpoch, epochsDone, stretchAt, type Stretch } from "./position.ts";
import type { Rates } from "./rates.ts";
import { untilWritten } from "./room.ts";

/** In place of what a quick step does not measure; seen only where such a step diverged. */
const unmeasured = {
  ...{ scoreReal: NaN, scoreGenerated: NaN },
  ...{ gradientNormGenerator: NaN, gradientNormDiscriminator: NaN },
};

/** Milliseconds between two progress messages. */
const progressInterval = 250;

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
  const pace = createPace();
  let step = startStep;
  let stretch = stretchAt(course.plan(), step + 1);
  let trainer = await parts.trainerFor(stretch);
  let trainingTime = 0;
  let lastProgress = 0;
  let savedStep = startStep;
  let lastSaved = now();
  let toldPaused = false;
  let lastCheckup = startStep;
  let uncommitted: Measurement[] = [];
  let unsent: Measurement[] = [];

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
    const millisecondsPerStep = pace.millisecondsPerStep();
    const plan = course.plan();
    const images = loop.batchSize * stretch.discriminatorSteps;
    send({
      type: "progress",
      progress: {
        step,
        epoch: epochsDone(plan, step),
        stepsPerEpoch: stretch.stepsPerEpoch,
        totalSteps: plan.totalSteps,
        millisecondsPerStep,
        imagesPerSecond: (images * 1000) / millisecondsPerStep,
        secondsLeft: ((plan.totalSteps - step) * millisecondsPerStep) / 1000,
        measurements: unsent,
      },
    });
    unsent = [];
    lastProgress = now();
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
    const feed = { step: next, ...(await parts.feed(next)), learningRates };
    const isMeasured = isItsTurn || isSingle;
    const scalars = isMeasured ? await trainer.step(feed) : await trainer.quickStep(feed);
    step = next;
    const diverged = !Object.values(scalars).every(Number.isFinite);
    const measurement: Measurement = {
      step,
      values: {
        ...unmeasured,
        ...scalars,
        learningRateGenerator: learningRates.generator,
        learningRateDiscriminator: learningRates.discriminator,
      },
    };
    if (isItsTurn || isSingle || (diverged && loop.stopWhenDiverged)) {
      uncommitted.push(measurement);
      unsent.push(measurement);
    }
    const took = now() - begun;
    pace.add(took);
    if (isItsTurn && !diverged && parts.checkups && isCheckupDue(step, lastCheckup)) {
      lastCheckup = step;
      const checkup = await parts.checkups(trainer);
      if (checkup) measurement.checkup = checkup;
    }
    trainingTime += now() - begun;
    return { diverged, measurement };
  };

  const atEnd = () => step >= course.plan().totalSteps;

  if (step === 0) await commit({ closesEpoch: false }, false);
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
    if (isSingle || now() - lastProgress >= progressInterval) sendProgress();
    if (isSingle) send({ type: "stepped", measurement });
    // Native steps resolve without a turn of the event loop; messages need one.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  sendProgress();
  if (step > savedStep) await commit(null, true);
  await commits.settled();
  return atEnd() ? "finished" : "stopped";
}
