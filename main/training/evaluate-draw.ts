/** The generated side of an evaluation: one checkpoint's images, as the feature network sees them. */
import { createExplorer } from "../engine/explore/explorer.ts";
import { sampleVectors } from "../engine/explore/truncation.ts";
import type { Gan } from "../engine/gan.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { HostTensors } from "../engine/tensors.ts";
import type { Predictions } from "../metrics/predictions.ts";
import { countOf, type Rows } from "../metrics/rows.ts";
import { streamSeed } from "../random/streams.ts";
import type { FeatureNetwork } from "./evaluate-classifier.ts";
import { lookAtGenerated } from "./evaluate-look.ts";
import type { EvaluateJob } from "./evaluate-messages.ts";
import type { RealSide } from "./evaluate-real.ts";

export interface Drawn {
  features: Rows;
  predictions: Predictions;
  grid: Rows;
}

/** As many images as real ones, of the real ones' classes where the generator knows of classes; and the grid. */
export async function draw(
  gan: Gan,
  state: HostTensors,
  { seed, specification }: EvaluateJob,
  real: RealSide,
  { classifier, features: { size } }: FeatureNetwork,
  onProgress: (done: number, total: number) => void,
): Promise<Drawn> {
  const explorer = createExplorer(gan, state);
  const { latent, outputs, conditioning } = specification;
  const count = countOf(real.features);
  const vectors = sampleVectors(latent, count, seed, null);
  const labels = conditioning ? real.labels : null;
  const seen = await lookAtGenerated(classifier, explorer, vectors, labels, onProgress);
  const shown = outputs.fixedSamples;
  const fixed = latentVectors(latent, shown, streamSeed(specification.seed, "fixed samples"));
  const gridLabels = sheetLabels(specification, shown) ?? null;
  const grid = await lookAtGenerated(classifier, explorer, fixed, gridLabels);
  explorer.dispose();
  return {
    features: { values: seen.features, size },
    predictions: { probabilities: seen.probabilities, classes: classifier.classes },
    grid: { values: grid.features, size },
  };
}
