/** A training job from its data and its checkpoint to its end. */
import type { Dataset } from "../data/dataset.ts";
import { openDataset } from "../data/open.ts";
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { createTrainer } from "../engine/create-trainer.ts";
import { splitOf } from "../spec/data.ts";
import { firstRates } from "../spec/learning-rates.ts";
import { Problem } from "../spec/problem.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { createCheckups } from "./checkup.ts";
import type { Control } from "./control.ts";
import { createCourse } from "./course.ts";
import { createFeed } from "./feed.ts";
import { trainingLoop } from "./loop.ts";
import type { FromSession, TrainJob } from "./messages.ts";
import { stepKinds, stretchAt } from "./position.ts";
import { createRates } from "./rates.ts";
import { requireData } from "./requirements.ts";
import { createRetracing } from "./retracing.ts";

/** Throws `data.*`, `checkpoint.damaged`, `engine.unavailable` or `run.diverged`. */
export async function train(
  job: TrainJob,
  control: Control,
  send: (message: FromSession) => void,
): Promise<void> {
  const dataset = await openDataset(job.specification.data.source, job.cache);
  try {
    await trainOn(dataset, job, control, send);
  } finally {
    await dataset.close();
  }
}

async function trainOn(
  dataset: Dataset,
  job: TrainJob,
  control: Control,
  send: (message: FromSession) => void,
): Promise<void> {
  const { specification } = job;
  const split = splitOf(specification.data, dataset.length);
  requireData(specification, dataset, split);
  const { count } = split.training;
  const course = createCourse(specification, count, {
    origin: job.origin ?? undefined,
    changes: job.updatesChanges,
    until: job.until ?? undefined,
  });
  const gan = buildGan(specification);
  const snapshot = job.from ? await readCheckpoint(gan, job.from) : null;
  const step = snapshot?.step ?? 0;
  // What a fork changes, it changes from here on.
  const isForked = snapshot !== null && job.origin?.step === step;
  if (snapshot && !isForked && snapshot.images !== dataset.length) {
    throw new Problem(
      "data.mismatch",
      `The data set has ${dataset.length.toLocaleString("en")} images now and had ${snapshot.images.toLocaleString("en")} when the run was saved; it cannot go on exactly. Put the old files back, or start a new run.`,
    );
  }
  const engine = await loadBackend(job.engine);
  const retracing = await createRetracing(
    (state, stretch) =>
      createTrainer(gan, state, {
        eager: job.eager,
        batchSizes: stepKinds(specification, stretch, count),
        sheet: specification.outputs.fixedSamples,
      }),
    snapshot?.state,
    stretchAt(course.plan(), step + 1),
    send,
  );
  send({ type: "ready", engine, compilation: retracing.compilation });
  try {
    const feed = createFeed(dataset, specification, split, course.plan);
    const now = () => performance.now();
    const { folder } = job;
    const images = dataset.length;
    const rates = createRates(
      specification.optimizers,
      snapshot && !isForked ? snapshot.learningRates : firstRates(specification.optimizers),
      // The checkpoint knows those before it; those after it come again at their steps.
      (job.rateChanges ?? []).filter(({ from }) => from > step),
    );
    const { trainerFor } = retracing;
    const checkups = await createCheckups(gan, dataset, split);
    const parts = {
      ...{ gan, trainerFor, feed, course, rates, folder, images, checkups },
      ...{ control, send, now },
    };
    send({ type: "ended", outcome: await trainingLoop(parts, step) });
  } finally {
    retracing.dispose();
  }
}
