/**
 * An evaluating session: generated images of one checkpoint after the other against real ones. What
 * belongs to the real images is computed once.
 */
import { constants, setPriority } from "node:os";
import { loadBackend } from "../engine/backend/backend.ts";
import { createExplorer } from "../engine/explore/explorer.ts";
import { sampleVectors } from "../engine/explore/truncation.ts";
import { buildGan, type Gan } from "../engine/gan.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import { stackHeight } from "../engine/classifier/stacked.ts";
import { classMetrics, modeMetrics } from "../metrics/class-metrics.ts";
import { classifierScore } from "../metrics/classifier-score.ts";
import { diversity } from "../metrics/diversity.ts";
import { frechetDistance } from "../metrics/frechet-distance.ts";
import { kernelDistance } from "../metrics/kernel-distance.ts";
import { manifoldMetrics } from "../metrics/manifolds.ts";
import { memorisation } from "../metrics/memorisation.ts";
import { modesOf, type Predictions } from "../metrics/predictions.ts";
import { countOf, part, type Rows } from "../metrics/rows.ts";
import { permutation, streamSeed } from "../random/streams.ts";
import type { Evaluation, EvaluationProgress, Protocol } from "../spec/evaluation.ts";
import { Problem } from "../spec/problem.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { featureNetworkFor, type FeatureNetwork } from "./evaluate-classifier.ts";
import { labelsOf, openRealImages, type RealImages } from "./evaluate-images.ts";
import { lookAtGenerated, lookAtSet } from "./evaluate-look.ts";
import type { EvaluateJob, EvaluateReport } from "./evaluate-messages.ts";

/** To be raised when the same images would give other values. */
const protocolVersion = 1;

/** Fewer images than this have no fifth neighbour to speak of. */
const fewest = 16;

/** Generated and held-out images whose nearest training image is searched, at most. */
const probes = 2000;

/** Of stacked MNIST's modes (Srivastava et al. 2017; Lin et al. 2018). */
const publishedCount = 26_000;

/** Below it a labelled set's classifier is said to be weak. */
const goodAccuracy = 0.99;

/** Throws `data.*`, `checkpoint.damaged` or `engine.unavailable`. */
export async function evaluateCheckpoints(
  job: EvaluateJob,
  send: (report: EvaluateReport) => void,
): Promise<void> {
  if (job.background) giveWay();
  const gan = buildGan(job.specification);
  const images = await openRealImages(job.specification, job.cache);
  try {
    await loadBackend(job.engine);
    const tell = reporter(job, send);
    const network = await featureNetworkFor(images, job.cache, (done, total) => {
      tell("classifier", 0, done, total);
    });
    const real = await lookAtReal(job, images, network, tell);
    for (const [index, checkpoint] of job.checkpoints.entries()) {
      const begun = performance.now();
      const { state } = await readCheckpoint(gan, checkpoint);
      const drawn = await draw(gan, state, job, real, network, (done, total) => {
        tell("generating", index + 1, done, total);
      });
      const values = await compare(real, drawn, job.seed, (done, total) => {
        tell("comparing", index + 1, done, total);
      });
      const { step, epoch } = checkpoint;
      const seconds = (performance.now() - begun) / 1000;
      const { protocol, remarks } = real;
      send({ type: "measured", evaluation: { step, epoch, protocol, values, remarks, seconds } });
    }
    network.classifier.dispose();
    send({ type: "evaluated" });
  } finally {
    await images.close();
  }
}

/** A higher number is a lower priority; some systems do not let one set it. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_LOW);
  } catch {
    // Then it does not.
  }
}

type Tell = (
  stage: EvaluationProgress["stage"],
  checkpoint: number,
  done: number,
  total: number,
) => void;

/** Milliseconds between two reports. */
const reportEvery = 100;

function reporter(job: EvaluateJob, send: (report: EvaluateReport) => void): Tell {
  const checkpoints = job.checkpoints.length;
  let reported = -Infinity;
  return (stage, checkpoint, done, total) => {
    const now = performance.now();
    if (done < total && now - reported < reportEvery) return;
    reported = now;
    send({ type: "evaluating", progress: { stage, done, total, checkpoint, checkpoints } });
  };
}

interface RealSide {
  /** Images are looked at channel by channel, and a class is a combination of three. */
  isStacked: boolean;
  protocol: Protocol;
  remarks: string[];
  /** As many as are generated. */
  features: Rows;
  predictions: Predictions;
  /** Their classes; null without. */
  labels: Uint8Array | null;
  /** All training images that are looked at, and those that were kept aside. */
  training: Rows;
  heldOut: Rows | null;
}

async function lookAtReal(
  job: EvaluateJob,
  images: RealImages,
  { classifier, features, isStacked }: FeatureNetwork,
  tell: Tell,
): Promise<RealSide> {
  const { training, heldOut } = images;
  const count = Math.min(job.count, training.places.length);
  if (count < fewest) {
    throw new Problem(
      "data.empty",
      `An evaluation needs ${fewest} images or more on both sides; here it would be ${count}.`,
    );
  }
  const seen = await lookAtSet(classifier, training, (done, total) => {
    tell("real", 0, done, total);
  });
  const { size } = features;
  const { classes } = classifier;
  const width = seen.probabilities.length / training.places.length;
  const places = permutation(streamSeed(job.seed, "evaluated images"), training.places.length);
  const chosen = places.subarray(0, count);
  const labels = labelsOf(training);
  const aside = heldOut && {
    ...heldOut,
    places: spreadOver(heldOut.places, probes),
  };
  return {
    protocol: {
      ...{ product: job.product, version: protocolVersion, images: count },
      real: { split: "training", data: images.fingerprint },
      ...{ features, seed: job.seed },
    },
    remarks: remarksOf(job, count, features, { hasHeldOut: aside !== null, isStacked }),
    isStacked,
    features: { values: rowsAt(seen.features, size, chosen), size },
    predictions: { probabilities: rowsAt(seen.probabilities, width, chosen), classes },
    labels: labels && Uint8Array.from(chosen, (place) => labels[place] as number),
    training: { values: seen.features, size },
    heldOut: aside && { values: (await lookAtSet(classifier, aside)).features, size },
  };
}

const spreadOver = (places: Uint32Array, most: number): Uint32Array =>
  Uint32Array.from(
    { length: Math.min(most, places.length) },
    (_, i) => places[Math.floor((i * places.length) / Math.min(most, places.length))] as number,
  );

function rowsAt(values: Float32Array, size: number, places: Uint32Array): Float32Array {
  const chosen = new Float32Array(places.length * size);
  for (const [i, place] of places.entries()) {
    chosen.set(values.subarray(place * size, (place + 1) * size), i * size);
  }
  return chosen;
}

function remarksOf(
  job: EvaluateJob,
  count: number,
  { network, accuracy, heldOut, size }: Protocol["features"],
  { hasHeldOut, isStacked }: { hasHeldOut: boolean; isStacked: boolean },
): string[] {
  const remarks: string[] = [];
  if (count < job.count) {
    remarks.push(
      `The run was trained on ${count.toLocaleString("en")} images, so that so many were compared, not ${job.count.toLocaleString("en")}.`,
    );
  }
  if (count <= 2 * size) {
    remarks.push(
      `${count.toLocaleString("en")} images are few for ${size} features: the Fréchet distance is far too large. Use thousands.`,
    );
  }
  if (network === "random") {
    remarks.push(
      "The data set has no labels: its features are those of a random network, and nothing is told of classes.",
    );
  } else if (accuracy !== null && !(accuracy >= goodAccuracy)) {
    remarks.push(
      `The classifier names ${(100 * accuracy).toFixed(1)} % of ${heldOut.toLocaleString("en")} held-out images rightly; what is told of classes is as uncertain.`,
    );
  }
  if (isStacked && count !== publishedCount) {
    remarks.push(
      `Published tables count modes among ${publishedCount.toLocaleString("en")} images; ask for as many to compare.`,
    );
  }
  if (!hasHeldOut) {
    remarks.push(
      "No images were kept aside from training, so that memorisation cannot be told. Keep some for validation.",
    );
  }
  return remarks;
}

interface Drawn {
  features: Rows;
  predictions: Predictions;
  grid: Rows;
}

/** As many images as real ones, of the real ones' classes where the generator knows of classes; and the grid. */
async function draw(
  gan: Gan,
  state: Awaited<ReturnType<typeof readCheckpoint>>["state"],
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

async function compare(
  real: RealSide,
  { features, predictions, grid }: Drawn,
  seed: number,
  onProgress: (done: number, total: number) => void,
): Promise<Evaluation["values"]> {
  const values: Evaluation["values"] = {};
  const steps: (() => Promise<Evaluation["values"]> | Evaluation["values"])[] = [
    () => ({ frechetDistance: frechetDistance(real.features, features, seed) }),
    async () => ({ kernelDistance: await kernelDistance(real.features, features, seed) }),
    () => manifoldMetrics(real.features, features, seed),
    async () =>
      real.heldOut && {
        memorisation: await memorisation(
          real.training,
          real.heldOut,
          part(features, 0, Math.min(probes, countOf(features))),
          seed,
        ),
      },
    async () =>
      countOf(grid) > 1 ? { diversity: await diversity(real.features, grid, seed) } : {},
    () => ofClasses(real, predictions, seed),
  ] as never;
  for (const [index, step] of steps.entries()) {
    onProgress(index, steps.length);
    Object.assign(values, await step());
  }
  onProgress(steps.length, steps.length);
  return values;
}

/** Nothing without classes; of stacks how many combinations of classes are drawn, and how evenly. */
function ofClasses(real: RealSide, predictions: Predictions, seed: number): Evaluation["values"] {
  if (predictions.classes < 2) return {};
  if (!real.isStacked) {
    return {
      classifierScore: classifierScore(predictions, seed),
      ...classMetrics(real.predictions, predictions, seed),
    };
  }
  const { modes, possible } = modesOf(predictions, stackHeight);
  const { modes: realModes } = modesOf(real.predictions, stackHeight);
  const found = modeMetrics(realModes, modes, possible, seed);
  const { known, classCoverage, classEntropy, reverseDivergence } = found;
  const { value, low, high } = classCoverage;
  return {
    modes: { value: value * known, low: low * known, high: high * known },
    ...{ classCoverage, classEntropy, reverseDivergence },
  };
}
