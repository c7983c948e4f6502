/** What an export is checked on: the run's fixed noise, or for the discriminator the images drawn from it. */
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { Inputs } from "../exporting/format.ts";
import type { ExportSource } from "../exporting/model.ts";
import { engineOutput } from "../exporting/reference.ts";
import { streamSeed } from "../random/streams.ts";

export type FixedInputs = Inputs;

/** As many as a picture shows; more tell nothing further of a network. */
const most = 64;

/** The fixed noise of the run, its first `batch` vectors where a format fixes the batch. */
export async function fixedInputs(
  source: ExportSource,
  batch: number | null,
): Promise<FixedInputs> {
  const { specification, player } = source;
  const { latent, outputs, seed } = specification;
  const count = batch ?? Math.min(most, outputs.fixedSamples);
  const labels = sheetLabels(specification, count);
  const inputs: Inputs = {
    values: latentVectors(latent, count, streamSeed(seed, "fixed samples")),
    count,
    ...(labels && { labels: Int32Array.from(labels) }),
  };
  if (player === "generator") return inputs;
  return { ...inputs, values: await engineOutput({ ...source, player: "generator" }, inputs) };
}
