/**
 * The training loop: feed, step, measure; at the end of each epoch samples and a checkpoint. It looks
 * for its owner's wishes between steps.
 */
import type { Gan } from "../engine/gan.ts";
import { createCommits, type CommitContent } from "./commits.ts";
import type { Control } from "./control.ts";
import { divergence } from "./divergence.ts";
import { createLedger } from "./ledger.ts";
import type { FromSession } from "./messages.ts";
import { closesEpoch, epochsDone } from "./position.ts";
import { createProgress } from "./progress.ts";
import { untilWritten } from "./room.ts";
import { createStepper, type StepperParts } from "./stepper.ts";

/** Milliseconds between two signs of life while a slow disk writes. */
const signOfLife = 5_000;

export interface LoopParts extends StepperParts {
  gan: Gan;
  folder: string;
  /** Length of the data set. */
  images: number;
  control: Control;
  send: (message: FromSession) => void;
}

/**
 * Trains from `startStep` steps done to the plan's end, or until asked to stop.
 * Throws `run.diverged` when a loss or gradient is no longer finite and the specification does not have
 * it go on; the last checkpoint then still stands. Whatever it throws, what was committed is told before.
 */
export async function trainingLoop(
  parts: LoopParts,
  startStep: number,
): Promise<"finished" | "stopped"> {
  const { gan, course, rates, control, send, now } = parts;
  const { outputs, loop } = gan.specification;
  const stepper = await createStepper(parts, outputs, startStep);
  const progress = createProgress(loop.batchSize, send, now);
  let toldPaused = false;

  const commits = createCommits({
    ...{ gan, folder: parts.folder, images: parts.images },
    tell: (commit) => {
      send({ type: "commit", commit });
    },
    written: (write) =>
      untilWritten(write, control, (problem) => {
        // It is paused, and says so when it goes on.
        toldPaused = true;
        send({ type: "blocked", step: stepper.step, problem });
      }),
  });
  const ledger = createLedger(commits, startStep, now);

  const sendProgress = () => {
    progress.tell(stepper.step, course.plan(), stepper.stretch);
  };

  /** Waits for the disk, and is heard of meanwhile: who is silent for long is taken for dead. */
  const patiently = async (work: () => Promise<void>) => {
    const beat = setInterval(() => {
      if (!toldPaused) sendProgress();
    }, signOfLife);
    try {
      await work();
    } finally {
      clearInterval(beat);
    }
  };
  const settled = () => patiently(() => commits.settled());

  const commit = (sheet: CommitContent["sheet"] | null, withState: boolean) =>
    patiently(() => {
      const { step, seconds } = stepper;
      return ledger.commit(stepper.trainer, {
        ...{ step, epoch: epochsDone(course.plan(), step), seconds },
        ...(sheet && { sheet }),
        ...(withState && { keepWith: rates.before(step) }),
      });
    });

  const atEnd = () => stepper.step >= course.plan().totalSteps;

  /** What was asked for since the last step, but for pausing and stopping. */
  const heed = async () => {
    if (control.takeSave()) {
      const { step } = stepper;
      if (!ledger.isDone(step)) await commit(null, true);
      await settled();
      send({ type: "saved", step, isKept: ledger.isKept(step) });
    }
    const wanted = control.takeRates();
    if (wanted) {
      const change = { from: stepper.step + 1, ...wanted };
      rates.change(change);
      send({ type: "rates", change });
    }
    const wantedUpdates = control.takeUpdates();
    if (wantedUpdates !== null)
      send({ type: "updates", change: course.changeUpdates(stepper.step, wantedUpdates) });
  };

  const doStep = async (isSingle: boolean) => {
    const done = await stepper.next(isSingle);
    const { measurement, isFinite } = done;
    const isTheEnd = !isFinite && loop.stopWhenDiverged;
    if (done.inFull || isTheEnd) {
      ledger.add(measurement);
      progress.add(measurement);
    }
    if (done.isNewKind) progress.forget();
    progress.took(done.milliseconds);
    if (isTheEnd) {
      sendProgress();
      await commit(null, false);
      throw divergence(stepper.step);
    }
    const epochEnds = closesEpoch(course.plan(), stepper.step);
    if (epochEnds || outputs.sampleAtSteps.includes(stepper.step) || atEnd()) {
      // What was measured is told before it is stored, so that nobody hears of it twice.
      sendProgress();
      await commit({ closesEpoch: epochEnds }, epochEnds || atEnd());
    } else if (ledger.isOverdue()) {
      sendProgress();
      await commit(null, true);
    }
    if (isSingle || progress.isDue()) sendProgress();
    if (isSingle) send({ type: "stepped", measurement });
  };

  const train = async () => {
    if (startStep === 0) {
      await commit({ closesEpoch: false }, false);
      // A folder that cannot be written is told of before anything is trained.
      await settled();
    }
    while (!atEnd() && !control.isStopping()) {
      // A run that stands still has everything stored, or waits for room for it.
      if (control.isPaused() || commits.hasFailed()) await settled();
      if (control.isPaused() !== toldPaused) {
        toldPaused = control.isPaused();
        sendProgress();
        send({ type: toldPaused ? "paused" : "continued", step: stepper.step });
      }
      await control.untilWanted();
      await heed();
      if (control.isStopping()) continue;
      // A step that was asked for before the run went on is one of its steps.
      const isSingle = control.takeStep() && control.isPaused();
      if (control.isPaused() && !isSingle) continue;
      await doStep(isSingle);
      // Native steps resolve without a turn of the event loop; messages need one.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    sendProgress();
    if (!ledger.isDone(stepper.step)) await commit(null, true);
  };

  try {
    await train();
  } catch (thrown) {
    // An epoch that is still being written was done all the same.
    await settled().catch(() => undefined);
    throw thrown;
  }
  await settled();
  return atEnd() ? "finished" : "stopped";
}
