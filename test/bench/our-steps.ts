/**
 * Training steps of GAN Studio's compiled graph, asked for line by line on standard input, as
 * `pytorch/steps.py` does them in PyTorch: «build JSON», «warmup», «steps N».
 *
 * The real images are the same random pixels in every step; the step copies them into the graph,
 * which PyTorch, whose batches are tensors already, is spared.
 */
import { createInterface } from "node:readline";
import { loadBackend } from "../../main/engine/backend/backend.ts";
import { compiledTrainer } from "../../main/engine/compile/compiled-trainer.ts";
import { buildGan } from "../../main/engine/gan.ts";
import type { StepFeed, Trainer } from "../../main/engine/trainer.ts";
import { parseSpecification, type Specification } from "../../main/spec/specification.ts";
import { randomFeed } from "../support/random-feed.ts";
import type { Built } from "./built.ts";

const answer = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

interface Stepping {
  trainer: Trainer;
  feed: StepFeed;
  done: number;
}

function start(specification: Specification): Stepping {
  const { batchSize, discriminatorSteps } = specification.loop;
  const sizes = Array.from({ length: discriminatorSteps }, () => batchSize);
  const trainer = compiledTrainer(buildGan(specification), undefined, { batchSizes: [sizes] });
  return { trainer, feed: randomFeed(specification, 1), done: 0 };
}

/** Milliseconds of one step, from its batch to its losses. */
async function timed(stepping: Stepping): Promise<number> {
  stepping.done++;
  const begun = performance.now();
  const feed = { ...stepping.feed, step: stepping.done };
  // As in a run: a tenth of the steps is measured in full, the rest tells its losses, as PyTorch does.
  const measured = await (stepping.done % 10 === 0
    ? stepping.trainer.step(feed)
    : stepping.trainer.quickStep(feed));
  const milliseconds = performance.now() - begun;
  if (!Object.values(measured).every(Number.isFinite)) {
    throw new Error(`the step measured ${JSON.stringify(measured)}: no steps to compare`);
  }
  return milliseconds;
}

const engine = await loadBackend("tensorflow");
let specification: Specification | null = null;
let stepping: Stepping | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  const [word = "", ...rest] = line.split(" ");
  if (word === "build") {
    specification = parseSpecification((JSON.parse(rest.join(" ")) as Built).specification);
    answer("built");
  } else if (word === "warmup" && specification) {
    stepping = start(specification);
    for (let step = 0; step < 5; step++) await timed(stepping);
    answer(`ready ${engine.version}, ${engine.threads} threads, compiled`);
  } else if (word === "steps" && stepping) {
    await timed(stepping);
    const times: string[] = [];
    for (let step = 0; step < Number(rest[0]); step++) {
      times.push((await timed(stepping)).toFixed(4));
    }
    answer(`times ${times.join(" ")}`);
  } else {
    throw new Error(`«${line}» does not follow what came before`);
  }
}
