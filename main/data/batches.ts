/**
 * Which images make up a batch. Everything follows from the run's seed and the epoch's number, so a
 * run that is resumed inside an epoch goes on with the very next image.
 */
import { permutation, streamSeed } from "../random/streams.ts";

export interface EpochOrder {
  seed: number;
  /** From 0. */
  epoch: number;
  /** The part of the data set that is trained on. */
  start: number;
  count: number;
  shuffle: boolean;
}

/** The images of an epoch in the order in which they are used. */
export function epochOrder({ seed, epoch, start, count, shuffle }: EpochOrder): Uint32Array {
  const order = shuffle
    ? permutation(streamSeed(seed, "shuffle", epoch), count)
    : Uint32Array.from({ length: count }, (_, index) => index);
  return start === 0 ? order : order.map((index) => index + start);
}

/** Batch number `batch` (from 0) of an order; the last may be smaller. */
export const batchIndices = (order: Uint32Array, batch: number, batchSize: number): Uint32Array =>
  order.subarray(batch * batchSize, (batch + 1) * batchSize);

export const batchesPerEpoch = (
  count: number,
  batchSize: number,
  lastBatch: "keep" | "drop",
): number => (lastBatch === "keep" ? Math.ceil(count / batchSize) : Math.floor(count / batchSize));
