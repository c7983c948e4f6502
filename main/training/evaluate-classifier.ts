/**
 * The network whose features images are compared by: of a labelled set a classifier of its own, trained
 * once and kept in the cache with its accuracy; of others a random one, the same for all sets of a size.
 */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { augmentBatch } from "../data/augment/augment.ts";
import { toUnitRange } from "../engine/pixels.ts";
import {
  createClassifier,
  initialClassifier,
  type Classifier,
} from "../engine/classifier/classifier.ts";
import { featureSize } from "../engine/classifier/layers.ts";
import { stackedClassifier, stackHeight } from "../engine/classifier/stacked.ts";
import { trainClassifier } from "../engine/classifier/train.ts";
import type { HostTensors } from "../engine/tensors.ts";
import { createFolder } from "../files/durable-folder.ts";
import { durableWrite } from "../files/durable-write.ts";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { bestOf } from "../metrics/predictions.ts";
import { streamSeed } from "../random/streams.ts";
import type { AffineAugmentation } from "../spec/augmentation.ts";
import type { Protocol } from "../spec/evaluation.ts";
import { Problem } from "../spec/problem.ts";
import { sameShape, type ImageShape } from "../spec/shape.ts";
import { labelsOf, type ImageSet, type RealImages } from "./evaluate-images.ts";
import { lookAtSet } from "./evaluate-look.ts";

/** To be raised when the same images would give another classifier. */
const version = "1";
const format = "gan-studio-classifier";
const seed = 1;

const batchSize = 128;
/** Five epochs of MNIST and some: more hardly help. */
const stepsAtMost = 2800;
const fewestSteps = 600;

/** What leaves a class what it is, of digits and clothes alike. */
const wobble: AffineAugmentation = {
  ...{ kind: "affine", flip: false, rotation: 8, smallest: 0.93, largest: 1.07, translation: 1 },
  background: "edge",
};

export interface FeatureNetwork {
  classifier: Classifier;
  features: Protocol["features"];
  /** It looks at each channel by itself. */
  isStacked: boolean;
}

/** Reads it from the cache or makes it. On tfjs's current engine; the caller disposes of it. */
export async function featureNetworkFor(
  { classified, lessons }: RealImages,
  cache: string,
  onStep: (done: number, total: number) => void,
): Promise<FeatureNetwork> {
  const { fingerprint, isStacked } = classified;
  const { image, classes, labels } = classified.dataset;
  const stacked = (grey: Classifier) => (isStacked ? stackedClassifier(grey) : grey);
  const size = featureSize * (isStacked ? stackHeight : 1);
  if (!labels || classes < 2) {
    const weights = initialClassifier(image, 0, seed);
    const classifier = createClassifier(image, 0, weights);
    const features = {
      network: "random",
      hash: hashOf(weights),
      accuracy: null,
      heldOut: 0,
    } as const;
    return { classifier: stacked(classifier), features: { ...features, size }, isStacked };
  }
  const file = join(cache, `classifier-${fingerprint}-${version}.safetensors`);
  const made =
    (await readKept(file, image, classes)) ?? (await make(file, lessons, onStep, image, classes));
  return {
    classifier: stacked(createClassifier(image, classes, made.weights)),
    features: {
      ...{ network: "classifier", hash: hashOf(made.weights), size },
      ...{ accuracy: made.accuracy, heldOut: made.heldOut },
    },
    isStacked,
  };
}

interface Made {
  weights: HostTensors;
  /** NaN where no image was kept aside. */
  accuracy: number;
  heldOut: number;
}

function hashOf(weights: HostTensors): string {
  const hash = createHash("sha256");
  for (const name of Object.keys(weights).sort()) {
    const { values, shape } = weights[name] as HostTensors[string];
    hash.update(JSON.stringify([name, shape]));
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Null where there is none, or one that does not hold together. */
async function readKept(file: string, image: ImageShape, classes: number): Promise<Made | null> {
  try {
    const { tensors, metadata } = decodeSafetensors(await readFile(file), file);
    if (metadata.format !== format || metadata.version !== version) return null;
    for (const [name, { shape }] of Object.entries(initialClassifier(image, classes, seed))) {
      const tensor = tensors[name];
      if (!(tensor?.values instanceof Float32Array) || !sameShape(tensor.shape, shape)) return null;
    }
    const [accuracy, heldOut] = [Number(metadata.accuracy), Number(metadata.heldOut)];
    return { weights: tensors as HostTensors, accuracy, heldOut };
  } catch {
    // Whatever is wrong with it, training anew puts it right.
    return null;
  }
}

async function make(
  file: string,
  { learning, test }: RealImages["lessons"],
  onStep: (done: number, total: number) => void,
  image: ImageShape,
  classes: number,
): Promise<Made> {
  const count = learning.places.length;
  const size = Math.min(batchSize, count);
  const perEpoch = Math.max(1, Math.floor(count / size));
  const steps = Math.min(stepsAtMost, Math.max(6 * perEpoch, Math.min(fewestSteps, 40 * perEpoch)));
  const labels = labelsOf(learning) as Uint8Array;
  const weights = await trainClassifier({
    ...{ image, classes, count, seed, steps, batchSize: size },
    async read(indices, step) {
      const places = indices.map((index) => learning.places[index] as number);
      const bytes = await learning.dataset.read(places);
      const seen = augmentBatch(bytes, image, wobble, streamSeed(seed, "classifier wobble", step));
      return {
        pixels: toUnitRange(seen),
        labels: Uint8Array.from(indices, (index) => labels[index] as number),
      };
    },
    onStep(step) {
      onStep(step, steps);
    },
  });
  const classifier = createClassifier(image, classes, weights);
  const accuracy = await accuracyOf(classifier, test);
  classifier.dispose();
  const heldOut = test.places.length;
  createFolder(dirname(file));
  const metadata = { accuracy: String(accuracy), heldOut: String(heldOut) };
  try {
    await durableWrite(file, encodeSafetensors(weights, { format, version, ...metadata }));
  } catch (thrown) {
    // It can be made again; a full disk is no reason to keep back what was measured.
    if (!(thrown instanceof Problem)) throw thrown;
  }
  return { weights, accuracy, heldOut };
}

/** NaN where there is no image. */
async function accuracyOf(classifier: Classifier, test: ImageSet): Promise<number> {
  const labels = labelsOf(test) as Uint8Array;
  const { probabilities } = await lookAtSet(classifier, test);
  const { best } = bestOf({ probabilities, classes: classifier.classes });
  const right = best.reduce((sum, label, i) => sum + (label === labels[i] ? 1 : 0), 0);
  return right / labels.length;
}
