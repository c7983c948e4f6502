/**
 * A small run in this process, with what a session measures of one: for tests and benchmarks of the
 * Doctor, which need many short runs, some of them ill.
 */
import { tmpdir } from "node:os";
import { openDataset } from "../../main/data/open.ts";
import type { Dataset } from "../../main/data/dataset.ts";
import { loadBackend, type EngineChoice } from "../../main/engine/backend/backend.ts";
import { createTrainer } from "../../main/engine/create-trainer.ts";
import { buildGan } from "../../main/engine/gan.ts";
import type { HostTensors } from "../../main/engine/tensors.ts";
import { splitOf } from "../../main/spec/data.ts";
import { firstRates, scheduled } from "../../main/spec/learning-rates.ts";
import type { Specification } from "../../main/spec/specification.ts";
import { createCheckups, isCheckupDue } from "../../main/training/checkup.ts";
import { createCourse } from "../../main/training/course.ts";
import { createFeed } from "../../main/training/feed.ts";
import type { Measurement } from "../../main/training/messages.ts";
import { epochsDone, stepKinds, stretchAt } from "../../main/training/position.ts";

export interface WatchedTraining {
  /** Trains until `steps` steps are done, or it has diverged; returns everything measured so far. */
  until: (steps: number) => Promise<{ rows: Measurement[]; diverged: number | null }>;
  state: () => Promise<HostTensors>;
  stepsInEpoch: number;
  /** Milliseconds spent on steps and on checkups. */
  spent: { steps: number; checkups: number; count: number };
  close: () => Promise<void>;
}

export interface WatchedOptions {
  engine?: EngineChoice;
  eager?: boolean;
  /** Goes on from this state, whose last step is `from`. */
  state?: HostTensors;
  from?: number;
  /** Without a closer look now and then. */
  unwatched?: boolean;
  /** Changes the data set's images. */
  dataset?: ((dataset: Dataset) => Dataset) | undefined;
}

const same = (dataset: Dataset): Dataset => dataset;

export async function watchedTraining(
  specification: Specification,
  options: WatchedOptions = {},
): Promise<WatchedTraining> {
  const { engine = "auto", eager = false, state, from = 0 } = options;
  await loadBackend(engine);
  const images = (options.dataset ?? same)(await openDataset(specification.data.source, tmpdir()));
  const split = splitOf(specification.data, images.length);
  const course = createCourse(specification, split.training.count, {});
  const plan = course.plan();
  const gan = buildGan(specification);
  const { trainer } = await createTrainer(gan, state, {
    eager,
    batchSizes: stepKinds(specification, stretchAt(plan, 1), split.training.count),
    sheet: 0,
  });
  const feed = createFeed(images, specification, split, () => plan);
  const checkups = options.unwatched ? null : await createCheckups(gan, images, split);
  const rates = firstRates(specification.optimizers);
  const rows: Measurement[] = [];
  const spent = { steps: 0, checkups: 0, count: 0 };
  let step = from;
  let last = from;
  let diverged: number | null = null;
  return {
    async until(steps) {
      while (step < steps && diverged === null) {
        step += 1;
        const isItsTurn = step === from + 1 || step % specification.outputs.measureEvery === 0;
        const learningRates = scheduled(
          specification.optimizers,
          rates,
          epochsDone(plan, step - 1),
        );
        const fed = { step, ...(await feed(step)), learningRates };
        const begun = performance.now();
        const told = isItsTurn ? await trainer.step(fed) : await trainer.quickStep(fed);
        spent.steps += performance.now() - begun;
        if (!Object.values(told).every(Number.isFinite)) diverged = step;
        if (!isItsTurn && diverged === null) continue;
        const row: Measurement = {
          step,
          values: {
            ...{ scoreReal: NaN, scoreGenerated: NaN },
            ...{ gradientNormGenerator: NaN, gradientNormDiscriminator: NaN },
            ...told,
            learningRateGenerator: learningRates.generator,
            learningRateDiscriminator: learningRates.discriminator,
          },
        };
        if (diverged === null && checkups && isCheckupDue(step, last)) {
          const looked = performance.now();
          const checkup = await checkups(trainer);
          if (checkup) row.checkup = checkup;
          spent.checkups += performance.now() - looked;
          spent.count += 1;
          last = step;
        }
        rows.push(row);
      }
      return { rows, diverged };
    },
    state: () => trainer.read(),
    stepsInEpoch: stretchAt(plan, 1).stepsPerEpoch,
    spent,
    async close() {
      trainer.dispose();
      await images.close();
    },
  };
}
