/**
 * Where a run stands. Everything follows from the number of steps done and from what its events tell
 * (see `spec/course.ts`), so a checkpoint that holds that number holds the place in the data as well.
 */
import { batchesPerEpoch } from "../data/batches.ts";
import { beginning, type Origin, type UpdatesChange } from "../spec/course.ts";
import { Problem } from "../spec/problem.ts";
import type { Specification } from "../spec/specification.ts";

/** Epochs of one kind: each of so many steps, each step of so many discriminator updates. */
export interface Stretch extends Origin {
  discriminatorSteps: number;
  stepsPerEpoch: number;
}

export interface Plan {
  /** In order, the first at the run's own beginning. What a stretch extends lies before it. */
  stretches: readonly [Stretch, ...Stretch[]];
  /** Steps done when the run is finished. */
  totalSteps: number;
}

export interface Course {
  origin?: Origin | undefined;
  changes?: readonly UpdatesChange[] | undefined;
  /** Ends the run after so many steps, whatever the specification says. */
  until?: number | undefined;
}

/**
 * An epoch is one pass over the data by the discriminator. Batches that do not fill a step's k
 * updates are left out, and are others each epoch when the data is shuffled. A change of k holds from
 * the first epoch that begins at its step or later. Throws `data.empty` for a k that an epoch has too
 * few batches for.
 */
export function planOf({ loop }: Specification, images: number, course: Course = {}): Plan {
  const batches = batchesPerEpoch(images, loop.batchSize, loop.lastBatch);
  const stepsOf = (discriminatorSteps: number) => Math.floor(batches / discriminatorSteps);
  const { origin = beginning, changes = [], until = Infinity } = course;
  const { discriminatorSteps } = loop;
  let last: Stretch = {
    ...origin,
    discriminatorSteps,
    stepsPerEpoch: stepsOf(discriminatorSteps),
  };
  const before: Stretch[] = [];
  for (const change of changes) {
    const begin = epochFrom(last, change.from);
    if (begin.epoch >= loop.epochs) break;
    const stepsPerEpoch = stepsOf(change.discriminatorSteps);
    if (stepsPerEpoch === 0) throw tooMany(change.discriminatorSteps, batches);
    if (begin.step > last.step) before.push(last);
    last = { ...begin, discriminatorSteps: change.discriminatorSteps, stepsPerEpoch };
  }
  const byEpochs = last.step + Math.max(0, loop.epochs - last.epoch) * last.stepsPerEpoch;
  return {
    stretches: [...before, last] as unknown as Plan["stretches"],
    totalSteps: Math.min(byEpochs, loop.steps ?? Infinity, until),
  };
}

/**
 * Discriminator updates in the first `step` steps of a run, as far as its events tell: they name the
 * first step of an epoch, so that no data set needs to be looked at.
 */
export function updatesBefore({ loop }: Specification, course: Course, step: number): number {
  let { step: at, updates } = course.origin ?? beginning;
  let each = loop.discriminatorSteps;
  for (const { from, discriminatorSteps } of course.changes ?? []) {
    const end = Math.max(at, Math.min(from - 1, step));
    updates += (end - at) * each;
    [at, each] = [end, discriminatorSteps];
  }
  return updates + Math.max(0, step - at) * each;
}

/** The epochs in all that a run needs for so many steps in all. */
export function epochsFor(
  steps: number,
  specification: Specification,
  images: number,
  course: Course,
): number {
  const loop = { ...specification.loop, epochs: Infinity };
  const { stretches } = planOf({ ...specification, loop }, images, course);
  const last = stretches.findLast((stretch) => stretch.step < steps) ?? stretches[0];
  return last.epoch + Math.max(0, Math.ceil((steps - last.step) / last.stepsPerEpoch));
}

/** The first epoch of a stretch that begins with step number `step` or a later one. */
function epochFrom(stretch: Stretch, step: number): Origin {
  const epochs = Math.max(0, Math.ceil((step - 1 - stretch.step) / stretch.stepsPerEpoch));
  const steps = epochs * stretch.stepsPerEpoch;
  return {
    step: stretch.step + steps,
    epoch: stretch.epoch + epochs,
    updates: stretch.updates + steps * stretch.discriminatorSteps,
  };
}

const tooMany = (discriminatorSteps: number, batches: number): Problem =>
  new Problem(
    "data.empty",
    `An epoch has ${batches.toLocaleString("en")} batches, too few for a step with ${discriminatorSteps.toLocaleString("en")} discriminator updates. Ask for fewer updates a step.`,
  );

/** The step number of the first epoch that begins after `step` steps or later. */
export const nextEpochAfter = (plan: Plan, step: number): number =>
  epochFrom(stretchAt(plan, step + 1), step + 1).step + 1;

/** What step number `step` (from 1) belongs to. */
export const stretchAt = ({ stretches }: Plan, step: number): Stretch =>
  stretches.findLast((stretch) => stretch.step < step) ?? stretches[0];

/** Whole epochs that lie behind after `step` steps. */
export function epochsDone(plan: Plan, step: number): number {
  const stretch = stretchAt(plan, step);
  return stretch.epoch + Math.floor((step - stretch.step) / stretch.stepsPerEpoch);
}

export function closesEpoch(plan: Plan, step: number): boolean {
  const stretch = stretchAt(plan, step);
  return step > stretch.step && (step - stretch.step) % stretch.stepsPerEpoch === 0;
}

/** Where the batches of step number `step` (from 1) lie. */
export function batchesOf(plan: Plan, step: number) {
  const stretch = stretchAt(plan, step);
  const { discriminatorSteps } = stretch;
  const before = step - 1 - stretch.step;
  return {
    /** Epochs before the step's own. */
    epoch: epochsDone(plan, step - 1),
    /** The first of its batches, in its epoch and in the whole run. */
    first: (before % stretch.stepsPerEpoch) * discriminatorSteps,
    use: stretch.updates + before * discriminatorSteps,
    count: discriminatorSteps,
  };
}

/**
 * The batch sizes of every kind of step in a stretch: k whole batches; and, where the last batch of an
 * epoch is smaller and is used, k − 1 whole ones and that.
 */
export function stepKinds({ loop }: Specification, stretch: Stretch, images: number): number[][] {
  const { batchSize } = loop;
  const whole = Array.from({ length: stretch.discriminatorSteps }, () => batchSize);
  const used = stretch.stepsPerEpoch * stretch.discriminatorSteps;
  const last = images - (used - 1) * batchSize;
  if (last >= batchSize) return [whole];
  const ending = [...whole.slice(1), last];
  return stretch.stepsPerEpoch === 1 ? [ending] : [whole, ending];
}
