/** The files that a training session leaves below its run's folder: checkpoints and sample sheets. */
import { join } from "node:path";
import { toBytes } from "../data/scaling.ts";
import type { Gan } from "../engine/gan.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { Trainer } from "../engine/trainer.ts";
import { durableWrite } from "../files/durable-write.ts";
import { sheetPng } from "../files/png.ts";
import { checkpointFile, sampleFile } from "../files/run-files.ts";
import { streamSeed } from "../random/streams.ts";
import type { LearningRates } from "../spec/learning-rates.ts";
import { encodeCheckpoint } from "./checkpoint.ts";
import { requireFinite } from "./divergence.ts";
import type { CheckpointRecord, SampleFile } from "./messages.ts";

export interface Place {
  step: number;
  epoch: number;
}

/** Durable when it returns. */
export async function writeCheckpoint(
  folder: string,
  gan: Gan,
  trainer: Trainer,
  { step, epoch, images, learningRates }: Place & { images: number; learningRates: LearningRates },
): Promise<CheckpointRecord> {
  const file = checkpointFile(step);
  const state = await trainer.read();
  requireFinite(state, step);
  const chunks = encodeCheckpoint(gan, { step, images, learningRates, state });
  const written = await durableWrite(join(folder, file), chunks);
  return { step, epoch, file, bytes: written.bytes, sha256: written.sha256 };
}

/** The run's fixed latent vectors as images, on one sheet. Durable when it returns. */
export async function writeSample(
  folder: string,
  gan: Gan,
  trainer: Trainer,
  { step, epoch, closesEpoch }: Place & { closesEpoch: boolean },
): Promise<SampleFile> {
  const { latent, outputs, seed, image } = gan.specification;
  const count = outputs.fixedSamples;
  const labels = sheetLabels(gan.specification, count);
  const columns = labels
    ? (gan.specification.conditioning?.classes ?? 1)
    : Math.ceil(Math.sqrt(count));
  const fixed = latentVectors(latent, count, streamSeed(seed, "fixed samples"));
  const pixels = toBytes(await trainer.generate(fixed, count, labels));
  const png = await sheetPng({ ...image, count, pixels, columns });
  const file = sampleFile(step);
  const written = await durableWrite(join(folder, file), png);
  return { step, epoch, closesEpoch, count, columns, file, ...written };
}
