/** The real images that a generator is held against: those it was trained on, and some it has never seen. */
import { createHash } from "node:crypto";
import type { Dataset } from "../data/dataset.ts";
import { openTestImages } from "../data/held-out.ts";
import { openDataset } from "../data/open.ts";
import { permutation, streamSeed } from "../random/streams.ts";
import { splitOf, type DataSource } from "../spec/data.ts";
import { sameShape, shapeOfImage } from "../spec/shape.ts";
import type { Specification } from "../spec/specification.ts";
import { requireData } from "./requirements.ts";

/** Training images that are looked at: as many as MNIST has. */
const trainingAtMost = 60_000;
const heldOutAtMost = 10_000;
/** Fewer tell nothing. */
const heldOutAtLeast = 100;

/** Images of a data set, by their places. */
export interface ImageSet {
  dataset: Dataset;
  places: Uint32Array;
}

export interface RealImages {
  dataset: Dataset;
  /** What the run was trained on, or an even choice of it. */
  training: ImageSet;
  /** What it was not; null where there is nothing. */
  heldOut: ImageSet | null;
  /** What a classifier looks at: the data set, or the grey images that it stacks, with its fingerprint. */
  classified: { dataset: Dataset; fingerprint: string; isStacked: boolean };
  /** To learn classes from, and to test that with. The test images are not among the others. */
  lessons: { learning: ImageSet; test: ImageSet };
  /** Fingerprint of the data set's content. */
  fingerprint: string;
  close(): Promise<void>;
}

const range = (start: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, index) => start + index);

/** At most `most` of them, evenly spread: data sets are often sorted by class. */
const spread = (places: Uint32Array, most: number): Uint32Array =>
  places.length <= most
    ? places
    : Uint32Array.from(
        { length: most },
        (_, i) => places[Math.floor((i * places.length) / most)] as number,
      );

/** Throws `data.*` where the data set is gone or another. */
export async function openRealImages(
  specification: Specification,
  cache: string,
): Promise<RealImages> {
  const { source } = specification.data;
  const dataset = await openDataset(source, cache);
  const split = splitOf(specification.data, dataset.length);
  requireData(specification, dataset, split);
  const isStacked = source.kind === "stacked";
  const plain: DataSource = isStacked ? { kind: "idx", path: source.path } : source;
  const classified = isStacked ? await openDataset(plain, cache) : dataset;
  const beside = await openTestImages(plain);
  const fits =
    beside !== null && sameShape(shapeOfImage(beside.image), shapeOfImage(classified.image));
  const test = fits ? { dataset: beside, places: range(0, beside.length) } : null;
  const fingerprint = await fingerprintOf(dataset);
  const { training, validation } = split;
  const unused = range(
    training.start + training.count,
    dataset.length - training.start - training.count,
  );
  const aside = [
    { dataset, places: range(validation.start, validation.count) },
    ...(test && !isStacked ? [test] : []),
    { dataset, places: Uint32Array.from([...range(0, training.start), ...unused]) },
  ].find(({ places }) => places.length >= heldOutAtLeast);
  return {
    dataset,
    training: {
      dataset,
      places: spread(range(training.start, training.count), trainingAtMost),
    },
    heldOut: aside ? { dataset: aside.dataset, places: spread(aside.places, heldOutAtMost) } : null,
    classified: {
      ...{ dataset: classified, isStacked },
      fingerprint: isStacked ? await fingerprintOf(classified) : fingerprint,
    },
    lessons: lessonsOf(classified, test),
    fingerprint,
    async close() {
      await dataset.close();
      if (isStacked) await classified.close();
      await beside?.close();
    },
  };
}

/** Of a set without test images a sixth is kept aside, as MNIST's are in number. */
function lessonsOf(dataset: Dataset, test: ImageSet | null): RealImages["lessons"] {
  if (test?.dataset.labels && test.dataset.classes <= dataset.classes) {
    return { learning: { dataset, places: range(0, dataset.length) }, test };
  }
  const order = permutation(streamSeed(1, "classifier split"), dataset.length);
  const aside = Math.min(heldOutAtMost, Math.floor(dataset.length / 6));
  return {
    learning: { dataset, places: order.subarray(aside) },
    test: { dataset, places: order.subarray(0, aside) },
  };
}

/** Images that the fingerprint is made of: the rest is taken to be as it was with them. */
const fingerprinted = 20_000;
const readAtOnce = 512;

async function fingerprintOf(dataset: Dataset): Promise<string> {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([dataset.image, dataset.length, dataset.classes]));
  if (dataset.labels) hash.update(dataset.labels);
  const places = spread(range(0, dataset.length), fingerprinted);
  for (let at = 0; at < places.length; at += readAtOnce) {
    hash.update(await dataset.read(places.subarray(at, at + readAtOnce)));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Labels of a set's images; null without. */
export const labelsOf = ({ dataset, places }: ImageSet): Uint8Array | null =>
  dataset.labels && Uint8Array.from(places, (place) => dataset.labels?.[place] ?? 0);
