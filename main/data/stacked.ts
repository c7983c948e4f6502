/**
 * Three grey images at random as the red, green and blue of one: «stacked MNIST», whose thousand
 * combinations of digits tell how many modes a generator finds (Metz et al. 2017, «Unrolled generative
 * adversarial networks», section 3.3.1; Lin et al. 2018, «PacGAN»). An image's three follow from the
 * seed and its place. Nothing is stored, and it has no labels: a thousand classes are not told to networks.
 */
import { words } from "../random/philox.ts";
import { streamSeed } from "../random/streams.ts";
import type { StackedSource } from "../spec/data.ts";
import { Problem } from "../spec/problem.ts";
import { formatShape, shapeOfImage, type ImageShape } from "../spec/shape.ts";
import type { Dataset, FirstImages, Inspection } from "./dataset.ts";
import { inspectIdx, openIdxDataset } from "./idx-dataset.ts";

const channels = 3;

/** The places of the grey images that make up these images, three for each. */
function placesOf({ seed, count }: StackedSource, greyImages: number): Uint32Array {
  const drawn = words(streamSeed(seed, "stacked"), count * channels);
  // The bias of scaling a 32-bit word is below 2⁻³² · images.
  return drawn.map((word) => Math.floor((word / 0x1_0000_0000) * greyImages));
}

function stackedShape(path: string, image: ImageShape): ImageShape {
  if (image.channels === 1) return { ...image, channels };
  throw new Problem(
    "data.mismatch",
    `${path}: its images are ${formatShape(shapeOfImage(image))}; only grey ones can be stacked.`,
  );
}

const nameOf = (name: string): string => `${name}, stacked`;

/** `file`: the IDX file that the source's path leads to. Throws `data.*`. */
export async function openStacked(source: StackedSource, file: string): Promise<Dataset> {
  const grey = await openIdxDataset(file);
  const image = stackedShape(source.path, grey.image);
  const places = placesOf(source, grey.length);
  const pixels = image.height * image.width;
  return {
    ...{ name: nameOf(grey.name), image, length: source.count, classes: 0, labels: null },
    async read(indices) {
      const wanted = new Uint32Array(indices.length * channels);
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i] as number;
        if (!(Number.isInteger(index) && index >= 0 && index < source.count)) {
          throw new RangeError(`There is no image ${index}.`);
        }
        wanted.set(places.subarray(index * channels, (index + 1) * channels), i * channels);
      }
      const planes = await grey.read(wanted);
      const stacked = new Uint8Array(planes.length);
      for (let plane = 0; plane < wanted.length; plane++) {
        const from = plane * pixels;
        const to = Math.floor(plane / channels) * pixels * channels + (plane % channels);
        for (let i = 0; i < pixels; i++) stacked[to + i * channels] = planes[from + i] as number;
      }
      return stacked;
    },
    close: () => grey.close(),
  };
}

/** Throws `data.*`. */
export async function inspectStacked(source: StackedSource, file: string): Promise<Inspection> {
  const { name, image } = await inspectIdx(file);
  return {
    ...{ name: nameOf(name), image: stackedShape(source.path, image) },
    ...{ length: source.count, classCounts: [] },
  };
}

/** The first images, at most `count`. The whole file is read: they are made of images anywhere in it. */
export async function firstStacked(
  source: StackedSource,
  count: number,
  file: string,
): Promise<FirstImages> {
  const dataset = await openStacked(source, file);
  try {
    const shown = Math.min(count, dataset.length);
    const pixels = await dataset.read(Array.from({ length: shown }, (_, index) => index));
    return { image: dataset.image, count: shown, pixels };
  } finally {
    await dataset.close();
  }
}
