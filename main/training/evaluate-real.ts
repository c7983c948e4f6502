/** The real side of an evaluation: what belongs to the real images, computed once for all checkpoints. */
import type { Predictions } from "../metrics/predictions.ts";
import type { Rows } from "../metrics/rows.ts";
import { permutation, streamSeed } from "../random/streams.ts";
import type { EvaluationProgress, Protocol } from "../spec/evaluation.ts";
import { Problem } from "../spec/problem.ts";
import type { FeatureNetwork } from "./evaluate-classifier.ts";
import { labelsOf, type RealImages } from "./evaluate-images.ts";
import { lookAtSet } from "./evaluate-look.ts";
import type { EvaluateJob } from "./evaluate-messages.ts";
import { remarksOf } from "./evaluate-remarks.ts";

/** To be raised when the same images would give other values. */
const protocolVersion = 1;

/** Fewer images than this have no fifth neighbour to speak of. */
const fewest = 16;

/** Generated and held-out images whose nearest training image is searched, at most. */
export const probes = 2000;

export type Tell = (
  stage: EvaluationProgress["stage"],
  checkpoint: number,
  done: number,
  total: number,
) => void;

export interface RealSide {
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

/** Throws `data.empty` for too few images. */
export async function lookAtReal(
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
    remarks: remarksOf(job.count, count, features, { hasHeldOut: aside !== null, isStacked }),
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
