/** The files that a training session leaves below its run's folder: checkpoints and sample sheets. */
import { join } from "node:path";
import type { Gan } from "../engine/gan.ts";
import type { Trainer } from "../engine/trainer.ts";
import { durableWrite } from "../files/durable-write.ts";
import { checkpointFile, sampleFile } from "../files/run-files.ts";
import type { LearningRates } from "../spec/learning-rates.ts";
import { encodeCheckpoint } from "./checkpoint.ts";
import { requireFinite } from "./divergence.ts";
import { encodeFixedSheet, type FixedSheet } from "./fixed-sheet.ts";
import type { CheckpointRecord, SampleFile } from "./messages.ts";

export interface Place {
  step: number;
  epoch: number;
}

export interface TakenCheckpoint extends Place {
  /** The file's bytes. */
  content: readonly Uint8Array[];
}

export interface TakenSheet extends Place, FixedSheet {
  closesEpoch: boolean;
}

/** The trainer's state as it is now. Throws `run.diverged` when a number of it is not finite. */
export async function takeCheckpoint(
  gan: Gan,
  trainer: Trainer,
  { step, epoch, images, learningRates }: Place & { images: number; learningRates: LearningRates },
): Promise<TakenCheckpoint> {
  const state = await trainer.read();
  requireFinite(state, step);
  const pieces = encodeCheckpoint(gan, { step, images, learningRates, state });
  // The values joined: while the run trains, each piece that is written waits for a step.
  return { step, epoch, content: [...pieces.slice(0, 1), Buffer.concat(pieces.slice(1))] };
}

/** Durable when it returns. */
export async function writeCheckpoint(
  folder: string,
  { step, epoch, content }: TakenCheckpoint,
): Promise<CheckpointRecord> {
  const file = checkpointFile(step);
  const { bytes, sha256 } = await durableWrite(join(folder, file), content);
  return { step, epoch, file, bytes, sha256 };
}

/** All images on one sheet. Durable when it returns. */
export async function writeSheet(folder: string, gan: Gan, sheet: TakenSheet): Promise<SampleFile> {
  const { pixels: _, ...described } = sheet;
  const file = sampleFile(sheet.step);
  const written = await durableWrite(join(folder, file), await encodeFixedSheet(gan, sheet));
  return { ...described, file, ...written };
}
