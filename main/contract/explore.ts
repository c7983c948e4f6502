/**
 * What the page may ask of a trained generator, and what it is told. Latent vectors travel as bytes:
 * float32, little-endian, one vector after the other.
 */
import * as v from "valibot";
import type { PixelBatch } from "./system.ts";
import { id, seed, whole } from "./values.ts";

/** What one request may carry, well below a server's limit of a mebibyte when written as text. */
const requestBytes = 700_000;

const bytes = (most: number) =>
  v.pipe(
    v.custom<Uint8Array>((value) => value instanceof Uint8Array, "must be bytes"),
    v.maxLength(most),
  );

/** A class, or null: each in turn for samples, any for a search, none where there are no classes. */
const label = v.nullable(whole(0, 255));
/** Whole vectors; how many numbers each has, the run's specification says. */
const vectors = bytes(requestBytes);

/** A run's generator as it was at the checkpoint of `step`; the last one when left out. */
const at = {
  id,
  step: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
};

export const directionsPayload = v.strictObject(at);

/** Most images that one answer holds. */
const most = 256;

export const imagesPayload = v.strictObject({
  ...at,
  latent: v.variant("kind", [
    /** New samples; `truncation` draws values of a normal prior again that are larger. */
    v.strictObject({
      kind: v.literal("new"),
      seed,
      count: whole(1, most),
      label,
      truncation: v.nullable(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10))),
    }),
    /** Given vectors, with a class each where the generator knows of classes. */
    v.strictObject({
      kind: v.literal("given"),
      vectors,
      labels: v.nullable(v.pipe(v.array(whole(0, 255)), v.maxLength(most))),
    }),
  ]),
});

const way = { ...at, from: vectors, to: vectors, label };
export const betweenPayload = v.strictObject({ ...way, count: whole(2, 64) });
export const animationPayload = v.strictObject({
  ...way,
  count: whole(2, 64),
  format: v.picklist(["gif", "webp"]),
});

/** The pixels of one image of the run's size. */
const pixels = bytes(256 * 256 * 3);
export const nearestPayload = v.strictObject({ ...at, pixels });
export const searchPayload = v.strictObject({ ...at, pixels, label, seed });

export interface ExploredImages {
  /** The checkpoint that drew them. */
  step: number;
  epoch: number;
  images: PixelBatch;
  /** D's score for each: a probability where the loss knows one, else D's bare answer. */
  scores: number[];
  vectors: Uint8Array;
  /** Null for a generator that knows of no classes. */
  labels: number[] | null;
}

export interface LatentDirections {
  /** Strongest first; empty where there are none. */
  directions: {
    /** One vector of unit length. */
    vector: Uint8Array;
    /** Part of what the generator's first layer gains over all directions, 0 to 1. */
    share: number;
  }[];
  /** Why there are none, as a sentence; null where there are. */
  reason: string | null;
}

/**
 * Distances are root mean squares of differences of bytes: 0 for the same image, 255 for black and white.
 */
export interface NearestImages {
  /** Nearest first, in the order of `distances`. */
  images: PixelBatch;
  distances: number[];
  /** Places in the data set, from 0. */
  places: number[];
  /** Classes; null for data without. */
  labels: number[] | null;
  /** Training images that were compared, and all of them. */
  compared: number;
  training: number;
  /** What is usual between real images and their nearest training image; null with too few to tell. */
  usual: {
    /** Whether they were kept aside, or are training images compared with the other ones. */
    of: "validation" | "training";
    count: number;
    median: number;
    /** One in twenty is as near as this. */
    low: number;
  } | null;
}

export interface FoundImage extends ExploredImages {
  /** Distance of the found image from the asked one, as in `NearestImages`. */
  distance: number;
}

/** How far a search is; at most ten a second. */
export interface SearchProgress {
  id: string;
  done: number;
  total: number;
  /** Of the best so far, as in `NearestImages`. */
  distance: number;
}

/** Latent vectors as they travel. Every machine that this runs on is little-endian, as float32 is here. */
export const bytesOfVectors = (values: Float32Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Float32Array.from(values).buffer);

/** Throws `RangeError` for bytes that are no whole numbers of four. */
export function vectorsOfBytes(given: Uint8Array): Float32Array<ArrayBuffer> {
  // Copied: bytes that came in a message may start at any place, float32 may not.
  return new Float32Array(Uint8Array.from(given).buffer);
}
