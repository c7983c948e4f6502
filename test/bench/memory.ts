/**
 * Whether a training session's memory stays flat: steps of a preset on random pixels, with the
 * process's resident size and the number of native tensors now and then.
 * `node --expose-gc test/bench/memory.ts PRESET [STEPS]`
 */
import * as tf from "@tensorflow/tfjs-core";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { createTrainer } from "../../main/engine/create-trainer.ts";
import { buildGan } from "../../main/engine/gan.ts";
import { presetOf } from "../../main/spec/presets.ts";
import { randomFeed } from "../support/random-feed.ts";

const [preset = "vanilla-mlp", count = "20000"] = process.argv.slice(2);
const { specification } = presetOf(preset);
const { batchSize, discriminatorSteps } = specification.loop;

await loadBackend("tensorflow");
const { trainer, compilation } = await createTrainer(buildGan(specification), undefined, {
  eager: false,
  batchSizes: [Array.from({ length: discriminatorSteps }, () => batchSize)],
  sheet: 0,
});
const feed = randomFeed(specification, 1);
const nativeTensors = () =>
  (tf.backend() as unknown as { binding: { getNumOfTensors(): number } }).binding.getNumOfTensors();

const report = (step: number) => {
  globalThis.gc?.();
  const size = (process.memoryUsage.rss() / 2 ** 20).toFixed(1);
  process.stdout.write(
    `step ${step.toString().padStart(6)}  ${size} MiB  ${nativeTensors()} tensors\n`,
  );
};

process.stdout.write(`${preset}, ${compilation.mode}\n`);
const steps = Number(count);
for (let step = 1; step <= steps; step++) {
  await trainer.step({ ...feed, step });
  if (step === 10 || step === 100 || step % Math.ceil(steps / 10) === 0) report(step);
}
trainer.dispose();
