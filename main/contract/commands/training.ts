/** Commands that train a run: start, steer, go on, branch off, train again. */
import * as v from "valibot";
import { answers } from "../command.ts";
import type { Reproduction } from "../family.ts";
import type { Measurements, RunSummary } from "../runs.ts";
import { engine, id, name, ofRun, whole } from "../values.ts";

const learningRate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1000));

export const trainingCommands = {
  /** `specification` is parsed by the specification's own door, for its better messages. */
  "runs.start": answers<RunSummary>()(
    v.strictObject({
      specification: v.unknown(),
      name: v.optional(name),
      engine,
      /** Run each operation by itself, also where the step could be compiled. */
      eager: v.optional(v.boolean()),
    }),
  ),
  "runs.pause": answers<RunSummary>()(ofRun),
  "runs.continue": answers<RunSummary>()(ofRun),
  /** Saves, then ends the session. */
  "runs.stop": answers<RunSummary>()(ofRun),
  /** Writes a checkpoint now. */
  "runs.save": answers<RunSummary>()(ofRun),
  /** Does one step of a run that is paused, and answers what it measured. */
  "runs.step": answers<Measurements>()(ofRun),
  /**
   * Changes learning rates from the next step on; of an ended run, from where it will be resumed. A
   * rate takes the place of the specification's, its schedule goes on from there. Recorded as an
   * event («learning rates»), so that a resumed run changes them at the same steps. The number of
   * discriminator updates a step changes at the start of the next epoch (event «discriminator
   * steps»), so that every epoch has steps of one kind.
   */
  "runs.set": answers<RunSummary>()(
    v.strictObject({
      id,
      learningRates: v.optional(
        v.strictObject({
          generator: v.optional(learningRate),
          discriminator: v.optional(learningRate),
        }),
      ),
      discriminatorSteps: v.optional(whole(1, 1000)),
    }),
  ),
  /** Continues an ended run from its last checkpoint, up to `epochs` (and `steps`) in all. */
  "runs.resume": answers<RunSummary>()(
    v.strictObject({
      id,
      epochs: v.optional(whole(1, 1_000_000)),
      steps: v.optional(whole(1, 1_000_000_000)),
      engine,
    }),
  ),
  /**
   * Starts a new run that shares the past of another up to the end of `epoch` (default: the newest
   * that a checkpoint is kept of). `specification` is the child's; left out, the parent's as it was
   * then, with learning rates and discriminator updates that were changed live. What does not fit the
   * parent's state is refused. The parent may be deleted later.
   */
  "runs.fork": answers<RunSummary>()(
    v.strictObject({
      id,
      epoch: v.optional(whole(1, 1_000_000)),
      specification: v.optional(v.unknown()),
      name: v.optional(name),
    }),
  ),
  /**
   * Trains a run again from its specification, seed and events, to its own step or `steps`, and
   * compares what it measures and its checkpoints. A fork is trained again from where it left its
   * parent. Ends at the first difference; `run.reproducing` tells how far it is.
   */
  "runs.reproduce": answers<Reproduction>()(
    v.strictObject({ id, steps: v.optional(whole(1, 1_000_000_000)) }),
  ),
  "runs.cancelReproduce": answers<{ cancelled: boolean }>()(ofRun),
};
