/** The sheet of a run's fixed samples: what its generator makes of latent vectors that never change. */
import { toBytes } from "../engine/pixels.ts";
import type { Gan } from "../engine/gan.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { Trainer } from "../engine/trainer.ts";
import { sheetPng } from "../files/png.ts";
import { streamSeed } from "../random/streams.ts";

export interface FixedSheet {
  count: number;
  /** A class a column, where there are classes; else as square as it gets. */
  columns: number;
  /** Image after image, in [−1, 1]. */
  pixels: Float32Array;
}

export async function drawFixedSheet(gan: Gan, trainer: Trainer): Promise<FixedSheet> {
  const { latent, outputs, seed, conditioning } = gan.specification;
  const count = outputs.fixedSamples;
  const labels = sheetLabels(gan.specification, count);
  const columns = conditioning?.classes ?? Math.ceil(Math.sqrt(count));
  const fixed = latentVectors(latent, count, streamSeed(seed, "fixed samples"));
  return { count, columns, pixels: await trainer.generate(fixed, count, labels) };
}

/** The same sheet gives the same bytes. */
export const encodeFixedSheet = (
  gan: Gan,
  { count, columns, pixels }: FixedSheet,
): Promise<Uint8Array> =>
  sheetPng({ ...gan.specification.image, count, columns, pixels: toBytes(pixels) });
