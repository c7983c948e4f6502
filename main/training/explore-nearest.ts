/** The training images nearest to an image, and how near real images usually are to theirs. */
import type { Dataset } from "../data/dataset.ts";
import { openDataset } from "../data/open.ts";
import { nearestWith, type Neighbour } from "../engine/explore/nearest.ts";
import { splitOf, type Split } from "../spec/data.ts";
import { shapeOfImage, sizeOf } from "../spec/shape.ts";
import type { ExploreJob, NearestFound } from "./explore-messages.ts";
import { requireData } from "./requirements.ts";

/** Neighbours that are shown. */
const shown = 5;
/** Training images that are compared at most. */
const compared = 60_000;
/** Real images whose nearest neighbour tells what is usual. */
const probes = 64;
/** Fewer tell nothing. */
const fewestProbes = 8;
/** Bytes that are read at a time. */
const blockBytes = 4 * 2 ** 20;

export interface Neighbourhood {
  /** Throws `data.*` where the data set is gone or another. */
  nearest(pixels: Uint8Array): Promise<NearestFound>;
}

/** Opens the data set at the first question and keeps it open. */
export function createNeighbourhood(job: ExploreJob): Neighbourhood {
  let opened: Promise<{ dataset: Dataset; split: Split }> | null = null;
  let usual: Promise<NearestFound["usual"]> | null = null;
  const retryable = <Result>(promise: Promise<Result>, forget: () => void): Promise<Result> => {
    promise.catch(forget);
    return promise;
  };
  return {
    async nearest(pixels) {
      opened ??= retryable(open(job), () => (opened = null));
      const { dataset, split } = await opened;
      const range = rangeOf(split);
      const [neighbours = []] = await search(dataset, range, [{ pixels, except: -1 }], shown);
      usual ??= retryable(usualDistance(dataset, split), () => (usual = null));
      const places = neighbours.map(({ index }) => index);
      const { labels } = dataset;
      return {
        pixels: await dataset.read(places),
        distances: neighbours.map(({ distance }) => rootMeanSquare(distance, pixels.length)),
        places,
        labels: labels && places.map((place) => labels[place] ?? 0),
        compared: range.count,
        training: split.training.count,
        usual: await usual,
      };
    },
  };
}

async function open({ specification, cache }: ExploreJob) {
  const dataset = await openDataset(specification.data.source, cache);
  const split = splitOf(specification.data, dataset.length);
  requireData(specification, dataset, split);
  return { dataset, split };
}

const rangeOf = ({ training: { start, count } }: Split) => ({
  start,
  count: Math.min(count, compared),
});

/** Root mean square of the differences of single bytes. */
export const rootMeanSquare = (sum: number, values: number): number => Math.sqrt(sum / values);

interface Probe {
  pixels: Uint8Array;
  /** Its own place among the images that it is compared with, or −1. */
  except: number;
}

/** For each probe its nearest `count` images; every image is read once. */
async function search(
  dataset: Dataset,
  { start, count: images }: { start: number; count: number },
  probed: readonly Probe[],
  count: number,
): Promise<Neighbour[][]> {
  const size = sizeOf(shapeOfImage(dataset.image));
  const blockImages = Math.max(1, Math.floor(blockBytes / size));
  let found: Neighbour[][] = probed.map(() => []);
  for (let done = 0; done < images; done += blockImages) {
    const first = start + done;
    const length = Math.min(blockImages, images - done);
    const block = await dataset.read(Array.from({ length }, (_, index) => first + index));
    found = probed.map(({ pixels, except }, index) =>
      nearestWith(found[index] ?? [], pixels, block, { first, count, except }),
    );
    // Others may ask meanwhile, and a search be called off.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}

/** Images that were kept aside where there are any, else training images among the others. */
async function usualDistance(dataset: Dataset, split: Split): Promise<NearestFound["usual"]> {
  const { validation } = split;
  const range = rangeOf(split);
  const of = validation.count >= fewestProbes ? "validation" : "training";
  const { start, count } = of === "validation" ? validation : range;
  const taken = Math.min(probes, count);
  if (taken < fewestProbes) return null;
  // Spread over all: data sets are often sorted by class.
  const places = Array.from(
    { length: taken },
    (_, index) => start + Math.floor((index * count) / taken),
  );
  const bytes = await dataset.read(places);
  const size = sizeOf(shapeOfImage(dataset.image));
  const probed = places.map((place, index) => ({
    pixels: bytes.subarray(index * size, (index + 1) * size),
    except: of === "training" ? place : -1,
  }));
  const found = await search(dataset, range, probed, 1);
  const distances = found
    .flatMap(([nearest]) => (nearest ? [rootMeanSquare(nearest.distance, size)] : []))
    .sort((a, b) => a - b);
  const quantile = (share: number) => distances[Math.floor(share * (distances.length - 1))] ?? 0;
  return { of, count: taken, median: quantile(0.5), low: quantile(0.05) };
}
