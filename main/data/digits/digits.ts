/**
 * The built-in digits as a data set: 28×28, grey, labelled 0 to 9. Digit number i of a seed is the
 * same in every set of that seed, however many it has.
 */
import { setImmediate } from "node:timers/promises";
import { permutation, streamSeed } from "../../random/streams.ts";
import { digitsImage, type DataSource } from "../../spec/data.ts";
import type { Dataset, FirstImages, Inspection } from "../dataset.ts";
import { digitSize, drawDigit } from "./writing.ts";

type DigitsSource = Extract<DataSource, { kind: "digits" }>;

const classes = 10;
const name = "Built-in digits";
const image = digitsImage;
const pixelCount = digitSize * digitSize;

/**
 * Digits that are drawn when the set is opened, so that no training step waits for them; those
 * beyond are drawn when they are first read, so that opening never takes long.
 */
const drawnAtOpening = 60_000;
/** Digits between two pauses for other work of the process: some 15 ms. */
const drawnAtOnce = 256;

/** Each ten in a row hold every class once, in random order. */
function labelsOf(seed: number, count: number): Uint8Array<ArrayBuffer> {
  const labels = new Uint8Array(count);
  for (let first = 0; first < count; first += classes) {
    const order = permutation(streamSeed(seed, "digit classes", first / classes), classes);
    labels.set(order.subarray(0, count - first), first);
  }
  return labels;
}

function createCanvas(seed: number, count: number) {
  const labels = labelsOf(seed, count);
  const pixels = new Uint8Array(count * pixelCount);
  const isDrawn = new Uint8Array(count);
  const draw = (index: number): void => {
    if (isDrawn[index] === 1) return;
    const digit = labels[index];
    if (digit === undefined) throw new RangeError(`There is no image ${index}.`);
    drawDigit(digit, streamSeed(seed, "digit", index), pixels, index * pixelCount);
    isDrawn[index] = 1;
  };
  return { labels, pixels, draw };
}

/** Takes a second or so for 20,000 digits, in slices between which the process does other work. */
export async function openDigits({ seed, count }: DigitsSource): Promise<Dataset> {
  const { labels, pixels, draw } = createCanvas(seed, count);
  for (let index = 0; index < Math.min(count, drawnAtOpening); index++) {
    if (index % drawnAtOnce === drawnAtOnce - 1) await setImmediate();
    draw(index);
  }
  return {
    ...{ name, image, length: count, classes, labels },
    async read(indices) {
      const batch = new Uint8Array(indices.length * pixelCount);
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i] as number;
        draw(index);
        batch.set(pixels.subarray(index * pixelCount, (index + 1) * pixelCount), i * pixelCount);
      }
      return Promise.resolve(batch);
    },
    close: () => Promise.resolve(),
  };
}

export function inspectDigits({ seed, count }: DigitsSource): Inspection {
  const classCounts = new Array<number>(classes).fill(0);
  for (const label of labelsOf(seed, count)) classCounts[label] = (classCounts[label] ?? 0) + 1;
  const classNames = classCounts.map((_, digit) => String(digit));
  return { name, image, length: count, classCounts, classNames };
}

/** The first digits, at most `count`. */
export function firstDigits(source: DigitsSource, count: number): FirstImages {
  const shown = Math.min(count, source.count);
  const { pixels, draw } = createCanvas(source.seed, shown);
  for (let index = 0; index < shown; index++) draw(index);
  return { image, count: shown, pixels };
}
