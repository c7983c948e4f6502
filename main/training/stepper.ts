/** One step of a run after the other: its rates, its batches, its trainer, and now and then a checkup. */
import type { Trainer } from "../engine/trainer.ts";
import type { Specification } from "../spec/specification.ts";
import { isCheckupDue, type Checkups } from "./checkup.ts";
import type { RunCourse } from "./course.ts";
import type { Feed } from "./feed.ts";
import { measuredStep } from "./measured-step.ts";
import type { Measurement } from "./messages.ts";
import { epochsDone, stretchAt, type Stretch } from "./position.ts";
import type { Rates } from "./rates.ts";

export interface StepperParts {
  /** The trainer for the steps of a stretch; the one before it is disposed of. */
  trainerFor: (stretch: Stretch) => Promise<Trainer>;
  feed: Feed;
  course: RunCourse;
  rates: Rates;
  checkups: Checkups | null;
  /** A clock in milliseconds that never goes back. */
  now: () => number;
}

interface StepDone {
  measurement: Measurement;
  /** Whether scores and gradients were measured too, not losses alone. */
  inFull: boolean;
  isFinite: boolean;
  /** Whether other steps than this one came before: their pace says nothing of the next. */
  isNewKind: boolean;
  milliseconds: number;
}

export interface Stepper {
  /** Steps done. */
  readonly step: number;
  /** Of the last step, or the one to come. */
  readonly stretch: Stretch;
  readonly trainer: Trainer;
  /** Spent in steps and checkups. */
  readonly seconds: number;
  /** Does the next step. `inFull`: measured whether it is its turn or not, since somebody looks. */
  next(inFull: boolean): Promise<StepDone>;
}

/** From `startStep` steps done. */
export async function createStepper(
  { trainerFor, feed, course, rates, checkups, now }: StepperParts,
  { measureEvery }: Specification["outputs"],
  startStep: number,
): Promise<Stepper> {
  let step = startStep;
  let stretch = stretchAt(course.plan(), step + 1);
  let trainer = await trainerFor(stretch);
  let lastCheckup = startStep;
  let milliseconds = 0;
  return {
    get step() {
      return step;
    },
    get stretch() {
      return stretch;
    },
    get trainer() {
      return trainer;
    },
    get seconds() {
      return milliseconds / 1000;
    },

    async next(inFull) {
      const next = step + 1;
      const plan = course.plan();
      const itsStretch = stretchAt(plan, next);
      const isNewKind = itsStretch.discriminatorSteps !== stretch.discriminatorSteps;
      // Before the clock: a step of another kind is traced anew, which is no step's time.
      if (isNewKind) trainer = await trainerFor(itsStretch);
      stretch = itsStretch;
      const begun = now();
      const learningRates = rates.at(next, epochsDone(plan, step));
      const isItsTurn =
        next === startStep + 1 || next % measureEvery === 0 || next >= plan.totalSteps;
      const wanted = { step: next, learningRates, inFull: inFull || isItsTurn };
      const { measurement, isFinite } = await measuredStep(trainer, feed, wanted);
      step = next;
      const taken = now() - begun;
      if (isItsTurn && isFinite && checkups && isCheckupDue(step, lastCheckup)) {
        lastCheckup = step;
        const checkup = await checkups(trainer);
        if (checkup) measurement.checkup = checkup;
      }
      milliseconds += now() - begun;
      return { measurement, inFull: wanted.inFull, isFinite, isNewKind, milliseconds: taken };
    },
  };
}
