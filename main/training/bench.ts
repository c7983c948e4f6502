/** Milliseconds of a bare training step: no data set, no samples, no checkpoints, no messages. */
import { loadBackend } from "../engine/backend/backend.ts";
import { buildGan } from "../engine/gan.ts";
import { eagerTrainer } from "../engine/trainer.ts";
import { uniform } from "../random/philox.ts";
import { streamSeed } from "../random/streams.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import type { BenchJob, FromSession } from "./messages.ts";

const medianOf = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? (upper + (sorted[middle - 1] ?? NaN)) / 2 : upper;
};

/** Times `steps` steps after `warmup` uncounted ones, on random pixels in [−1, 1). */
export async function bench(job: BenchJob, send: (message: FromSession) => void): Promise<void> {
  const { specification } = job;
  const engine = await loadBackend(job.engine);
  const trainer = eagerTrainer(buildGan(specification));
  const { batchSize, discriminatorSteps } = specification.loop;
  const size = batchSize * sizeOf(shapeOfImage(specification.image));
  const batches = Array.from({ length: discriminatorSteps }, (_, index) =>
    uniform(streamSeed(specification.seed, "bench", index), size).map((value) => 2 * value - 1),
  );
  const { conditioning } = specification;
  const labels =
    conditioning &&
    batches.map(() => Uint8Array.from({ length: batchSize }, (_, i) => i % conditioning.classes));
  const { generator, discriminator } = specification.optimizers;
  const learningRates = {
    generator: generator.learningRate,
    discriminator: discriminator.learningRate,
  };
  const times: number[] = [];
  for (let step = 1; step <= job.warmup + job.steps; step++) {
    const begun = performance.now();
    await trainer.step({ step, batches, learningRates, ...(labels && { labels }) });
    if (step > job.warmup) times.push(performance.now() - begun);
  }
  trainer.dispose();
  const msPerStep = medianOf(times);
  const imagesPerSecond = (batchSize * discriminatorSteps * 1000) / msPerStep;
  send({
    type: "benched",
    result: { engine, modes: [{ mode: "eager", msPerStep, imagesPerSecond }] },
  });
}
