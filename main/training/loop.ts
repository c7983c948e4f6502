/**
 * The training loop: feed, step, measure; at the end of each epoch samples and a checkpoint, which
 * are durable before their commit is told. It looks for its owner's wishes between steps.
 */
import type { Gan } from "../engine/gan.ts";
import type { Trainer } from "../engine/trainer.ts";
import { writeCheckpoint, writeSample } from "./artifacts.ts";
import type { Control } from "./control.ts";
import type { Feed } from "./feed.ts";
import type { Commit, FromSession, Measurement, SampleFile } from "./messages.ts";
import { divergence } from "./divergence.ts";
import { createPace } from "./pace.ts";
import { closesEpoch, epochsDone, type Plan } from "./position.ts";
import type { Rates } from "./rates.ts";

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
  trainer: Trainer;
  feed: Feed;
  plan: Plan;
  rates: Rates;
  folder: string;
  /** Length of the data set. */
  images: number;
  control: Control;
  send: (message: FromSession) => void;
  /** A clock in milliseconds that never goes back. */
  now: () => number;
}

/**
 * Trains from `startStep` steps done to the plan's end, or until asked to stop.
 * Throws `run.diverged` when a loss or gradient is no longer finite; the last checkpoint then still stands.
 */
export async function trainingLoop(
  parts: LoopParts,
  startStep: number,
): Promise<"finished" | "stopped"> {
  const { gan, trainer, plan, rates, control, send, now } = parts;
  const { outputs, loop } = gan.specification;
  const pace = createPace();
  let step = startStep;
  let trainingTime = 0;
  let lastProgress = 0;
  let savedStep = startStep;
  let lastSaved = now();
  let toldPaused = false;
  let uncommitted: Measurement[] = [];
  let unsent: Measurement[] = [];

  const commit = async (samples: SampleFile[], withCheckpoint: boolean) => {
    const epoch = epochsDone(plan, step);
    const checkpoint = withCheckpoint
      ? await writeCheckpoint(parts.folder, gan, trainer, {
          ...{ step, epoch, images: parts.images },
          learningRates: rates.before(step),
        })
      : null;
    if (checkpoint) {
      savedStep = step;
      lastSaved = now();
    }
    const message: Commit = {
      ...{ step, epoch, samples, checkpoint },
      seconds: trainingTime / 1000,
      measurements: uncommitted,
    };
    uncommitted = [];
    send({ type: "commit", commit: message });
  };

  const drawSample = (atEpochEnd: boolean) =>
    writeSample(parts.folder, gan, trainer, {
      step,
      epoch: epochsDone(plan, step),
      closesEpoch: atEpochEnd,
    });

  const sendProgress = () => {
    const millisecondsPerStep = pace.millisecondsPerStep();
    const images = loop.batchSize * plan.discriminatorSteps;
    send({
      type: "progress",
      progress: {
        step,
        epoch: epochsDone(plan, step),
        stepsPerEpoch: plan.stepsPerEpoch,
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
    const begun = now();
    const next = step + 1;
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
    if (isItsTurn || diverged || isSingle) {
      uncommitted.push(measurement);
      unsent.push(measurement);
    }
    const took = now() - begun;
    trainingTime += took;
    pace.add(took);
    return { diverged, measurement };
  };

  const atEnd = () => step >= plan.totalSteps;

  if (step === 0) await commit([await drawSample(false)], false);
  while (!atEnd() && !control.isStopping()) {
    if (control.isPaused() !== toldPaused) {
      toldPaused = control.isPaused();
      sendProgress();
      send({ type: toldPaused ? "paused" : "continued", step });
    }
    await control.untilWanted();
    if (control.takeSave()) {
      if (step > savedStep) await commit([], true);
      send({ type: "saved", step });
    }
    const wanted = control.takeRates();
    if (wanted) {
      const change = { from: step + 1, ...wanted };
      rates.change(change);
      send({ type: "rates", change });
    }
    if (control.isStopping()) continue;
    // A step that was asked for before the run went on is one of its steps.
    const isSingle = control.takeStep() && control.isPaused();
    if (control.isPaused() && !isSingle) continue;

    const { diverged, measurement } = await doStep(isSingle);
    if (diverged) {
      sendProgress();
      await commit([], false);
      throw divergence(step);
    }
    const epochEnds = closesEpoch(plan, step);
    if (epochEnds || outputs.sampleAtSteps.includes(step) || atEnd()) {
      // What was measured is told before it is stored, so that nobody hears of it twice.
      sendProgress();
      const sample = await drawSample(epochEnds);
      await commit([sample], epochEnds || atEnd());
    } else if (now() - lastSaved >= longestWithoutCheckpoint) {
      sendProgress();
      await commit([], true);
    }
    if (isSingle || now() - lastProgress >= progressInterval) sendProgress();
    if (isSingle) send({ type: "stepped", measurement });
    // Native steps resolve without a turn of the event loop; messages need one.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  sendProgress();
  if (step > savedStep) await commit([], true);
  return atEnd() ? "finished" : "stopped";
}
