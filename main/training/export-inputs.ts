/** What an export is checked on: the run's fixed noise, or for the discriminator the images drawn from it. */
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { Inputs } from "../exporting/format.ts";
import type { ExportSource } from "../exporting/model.ts";
import { engineOutput } from "../exporting/reference.ts";
import { streamSeed } from "../random/streams.ts";

export type FixedInputs = Inputs;

/**
 * More tell nothing further of a network, and take its memory; the web page's interpreter takes most of a
 * second for each image of 64×64 in colour. Of each class there is one.
 */
const most = 16;

/**
 * The fixed noise of the run; its first `batch` vectors where a format fixes the batch, all of them only
 * where the network looks at the whole batch.
 */
export async function fixedInputs(
  source: ExportSource,
  batch: number | null,
): Promise<FixedInputs> {
  const { specification, player } = source;
  const { latent, outputs, seed, conditioning } = specification;
  const { layers } = specification[player];
  const isBatchwise = layers.some(({ kind }) => kind === "minibatchDiscrimination");
  const wanted = batch ?? outputs.fixedSamples;
  const enough = Math.max(most, conditioning?.classes ?? 0);
  const count = batch !== null && isBatchwise ? batch : Math.min(enough, wanted);
  const labels = sheetLabels(specification, count);
  const inputs: Inputs = {
    values: latentVectors(latent, count, streamSeed(seed, "fixed samples")),
    count,
    ...(labels && { labels: Int32Array.from(labels) }),
  };
  if (player === "generator") return inputs;
  return { ...inputs, values: await engineOutput({ ...source, player: "generator" }, inputs) };
}
