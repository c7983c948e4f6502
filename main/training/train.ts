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
import type { Control } from "./control.ts";
import { createFeed } from "./feed.ts";
import { trainingLoop } from "./loop.ts";
import type { FromSession, TrainJob } from "./messages.ts";
import { planOf, stepKinds } from "./position.ts";
import { createRates } from "./rates.ts";
import { requireData } from "./requirements.ts";

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
  const plan = planOf(specification, split.training.count);
  const gan = buildGan(specification);
  const snapshot = job.from ? await readCheckpoint(gan, job.from) : null;
  if (snapshot && snapshot.images !== dataset.length) {
    throw new Problem(
      "data.mismatch",
      `The data set has ${dataset.length.toLocaleString("en")} images now and had ${snapshot.images.toLocaleString("en")} when the run was saved; it cannot go on exactly. Put the old files back, or start a new run.`,
    );
  }
  const engine = await loadBackend(job.engine);
  const { trainer, compilation } = await createTrainer(gan, snapshot?.state, {
    eager: job.eager,
    batchSizes: stepKinds(specification, plan, split.training.count),
    sheet: specification.outputs.fixedSamples,
  });
  send({ type: "ready", engine, compilation });
  try {
    const feed = createFeed(dataset, specification, split, plan);
    const now = () => performance.now();
    const { folder } = job;
    const images = dataset.length;
    const step = snapshot?.step ?? 0;
    const rates = createRates(
      specification.optimizers,
      snapshot?.learningRates ?? firstRates(specification.optimizers),
      // The checkpoint knows those before it; those after it come again at their steps.
      (job.rateChanges ?? []).filter(({ from }) => from > step),
    );
    const parts = { gan, trainer, feed, plan, rates, folder, images, control, send, now };
    send({ type: "ended", outcome: await trainingLoop(parts, step) });
  } finally {
    trainer.dispose();
  }
}
