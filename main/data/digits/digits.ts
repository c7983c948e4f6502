/**
 * The built-in digits as a data set: 28×28, grey, labelled 0 to 9. Digit number i of a seed is the
 * same in every set of that seed, however many it has.
 */
import { streamSeed, permutation } from "../../random/streams.ts";
import type { DataSource } from "../../spec/data.ts";
import type { Dataset } from "../dataset.ts";
import { digitSize, drawDigit } from "./writing.ts";

type DigitsSource = Extract<DataSource, { kind: "digits" }>;

const classes = 10;
const name = "Built-in digits";
const image = { height: digitSize, width: digitSize, channels: 1 } as const;
const pixelCount = digitSize * digitSize;

/** Each ten in a row hold every class once, in random order. */
function labelsOf({ count, seed }: DigitsSource): Uint8Array {
  const labels = new Uint8Array(count);
  for (let ten = 0; ten * classes < count; ten++) {
    const order = permutation(streamSeed(seed, "digit classes", ten), classes);
    labels.set(order.subarray(0, count - ten * classes), ten * classes);
  }
  return labels;
}

/** A digit is drawn when it is first read, and kept. */
export function openDigits(source: DigitsSource): Dataset {
  const labels = labelsOf(source);
  const pixels = new Uint8Array(source.count * pixelCount);
  const drawn = new Uint8Array(source.count);
  const draw = (index: number) => {
    if (drawn[index]) return;
    const seed = streamSeed(source.seed, "digit", index);
    drawDigit(labels[index] as number, seed, pixels, index * pixelCount);
    drawn[index] = 1;
  };
  return {
    ...{ name, image, length: source.count, classes, labels },
    read(indices) {
      const batch = new Uint8Array(indices.length * pixelCount);
      for (let i = 0; i < indices.length; i++) {
        const index = indices[i] as number;
        draw(index);
        batch.set(pixels.subarray(index * pixelCount, (index + 1) * pixelCount), i * pixelCount);
      }
      return Promise.resolve(batch);
    },
  };
}

export function inspectDigits(source: DigitsSource) {
  const classCounts = new Array<number>(classes).fill(0);
  for (const label of labelsOf(source)) classCounts[label] = (classCounts[label] ?? 0) + 1;
  return { name, image, length: source.count, classCounts };
}
