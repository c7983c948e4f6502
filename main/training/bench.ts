/**
 * Milliseconds of a bare training step, as most steps of a run are: no data set, no samples, no
 * checkpoints, no messages, and of what it measures the losses alone. The compiled and the eager mode
 * take turns, so that a machine whose speed drifts is fair to both.
 */
import { loadBackend } from "../engine/backend/backend.ts";
import { createTrainer } from "../engine/create-trainer.ts";
import { eagerTrainer } from "../engine/eager-trainer.ts";
import { buildGan } from "../engine/gan.ts";
import type { StepFeed } from "../engine/trainer.ts";
import { uniform } from "../random/philox.ts";
import { streamSeed } from "../random/streams.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";
import type { BenchJob, FromSession } from "./messages.ts";

const medianOf = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? NaN)) / 2 : upper;
};

/** Random bytes, classes in turn, and the specification's first learning rates. */
function feedOf(specification: Specification): Omit<StepFeed, "step"> {
  const { loop, conditioning, optimizers, image, seed } = specification;
  const size = loop.batchSize * sizeOf(shapeOfImage(image));
  const batches = Array.from({ length: loop.discriminatorSteps }, (_, index) =>
    Uint8Array.from(uniform(streamSeed(seed, "bench", index), size), (value) => 256 * value),
  );
  const labels = (classes: number) =>
    batches.map(() => Uint8Array.from({ length: loop.batchSize }, (_, i) => i % classes));
  return {
    batches,
    learningRates: {
      generator: optimizers.generator.learningRate,
      discriminator: optimizers.discriminator.learningRate,
    },
    ...(conditioning && { labels: labels(conditioning.classes) }),
  };
}

/** Times `steps` steps of each mode after `warmup` uncounted ones. */
export async function bench(job: BenchJob, send: (message: FromSession) => void): Promise<void> {
  const { specification } = job;
  const { batchSize, discriminatorSteps } = specification.loop;
  const engine = await loadBackend(job.engine);
  const gan = buildGan(specification);
  const feed = feedOf(specification);
  const { trainer, compilation } = await createTrainer(gan, undefined, {
    eager: false,
    batchSizes: [Array.from({ length: discriminatorSteps }, () => batchSize)],
    sheet: 0,
  });
  const trainers = trainer.mode === "eager" ? [trainer] : [trainer, eagerTrainer(gan)];
  const times = trainers.map((): number[] => []);
  for (let step = 1; step <= job.warmup + job.steps; step++) {
    for (const [index, timed] of trainers.entries()) {
      const begun = performance.now();
      await timed.quickStep({ step, ...feed });
      if (step > job.warmup) times[index]?.push(performance.now() - begun);
    }
  }
  const modes = trainers.map(({ mode }, index) => {
    const msPerStep = medianOf(times[index] ?? []);
    return {
      mode,
      msPerStep,
      imagesPerSecond: (batchSize * discriminatorSteps * 1000) / msPerStep,
      ...(mode === "compiled" &&
        compilation.mode === "compiled" && { compileMs: compilation.milliseconds }),
    };
  });
  for (const done of trainers) done.dispose();
  const note = compilation.mode === "eager" ? compilation.reason : null;
  send({ type: "benched", result: { engine, modes, note } });
}
