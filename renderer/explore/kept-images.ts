/** Images as text and back, so that picks and drawings outlast a reload. */
import * as v from "valibot";
import type { PixelBatch } from "../../main/contract/system.ts";
import { bytesOfVectors, vectorsOfBytes } from "../../main/contract/explore.ts";
import type { ExploredImage } from "./explored-image.ts";

/** Base64. */
export const textOf = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
/** Throws for text that is not base64. */
const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096));
const batchSchema = v.strictObject({
  ...{ count: size, height: size, width: size, channels: size, pixels: v.string() },
});
const imageSchema = v.strictObject({
  ...{ image: batchSchema, vector: v.string(), label: v.nullable(v.number()) },
  /** Null for what was no number. */
  score: v.nullable(v.number()),
});

/** Throws where the pixels are not as many as the sizes say; `recall` then answers with null. */
export const keptBatchSchema = v.pipe(
  batchSchema,
  v.transform((kept): PixelBatch => {
    const pixels = bytesOf(kept.pixels);
    const { count, height, width, channels } = kept;
    if (pixels.length !== count * height * width * channels) throw new RangeError("No such image.");
    return { ...kept, pixels };
  }),
);

export const keptImageSchema = v.pipe(
  imageSchema,
  v.transform((kept): ExploredImage => ({
    ...kept,
    image: v.parse(keptBatchSchema, kept.image),
    vector: vectorsOfBytes(bytesOf(kept.vector)),
    score: kept.score ?? Number.NaN,
  })),
);

export const keptBatch = (batch: PixelBatch): v.InferInput<typeof keptBatchSchema> => ({
  ...batch,
  pixels: textOf(batch.pixels),
});

export const keptImage = ({
  image,
  vector,
  label,
  score,
}: ExploredImage): v.InferInput<typeof keptImageSchema> => ({
  ...{ image: keptBatch(image), vector: textOf(bytesOfVectors(vector)), label },
  score: Number.isFinite(score) ? score : null,
});
