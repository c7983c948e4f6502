/** A generator by script: digits for any vector, the same for the same; scores, directions, searches. */
import { bytesOfVectors, vectorsOfBytes } from "../../../main/contract/explore.ts";
import type { ExploredImages } from "../../../main/contract/explore.ts";
import type { Handlers } from "../../../main/contract/commands.ts";
import { pixelsOfDigits, randomFrom } from "./digits.ts";

const size = 100;

/** Vectors of the prior, about as long as normal ones. */
function vectorsOf(count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = randomFrom(seed + 1);
  const value = () => (random() + random() + random() - 1.5) * 2;
  return Float32Array.from({ length: count * size }, value);
}

const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function drawn(vectors: Float32Array<ArrayBuffer>): ExploredImages {
  const count = vectors.length / size;
  const first = Math.abs(Math.round((vectors[0] ?? 0) * 50));
  const random = randomFrom(first + 3);
  return {
    ...{ step: 1410, epoch: 10, labels: null },
    images: pixelsOfDigits(count, first),
    scores: Array.from({ length: count }, () => 0.05 + random() * 0.9),
    vectors: bytesOfVectors(vectors),
  };
}

export const exploreAnswers: Partial<Handlers> = {
  "explore.images": async ({ latent }) => {
    await wait(120);
    return latent.kind === "new"
      ? drawn(vectorsOf(latent.count, latent.seed))
      : drawn(vectorsOfBytes(latent.vectors));
  },
  "explore.between": ({ from, to, count }) => {
    const [a, b] = [vectorsOfBytes(from), vectorsOfBytes(to)];
    const mixed = Float32Array.from({ length: count * size }, (_, index) => {
      const share = Math.floor(index / size) / (count - 1);
      return (a[index % size] ?? 0) * (1 - share) + (b[index % size] ?? 0) * share;
    });
    return drawn(mixed);
  },
  "explore.animation": () => ({ file: new Uint8Array() }),
  "explore.directions": () => ({
    directions: Array.from({ length: 8 }, (_, index) => ({
      vector: bytesOfVectors(vectorsOf(1, index).map((value) => value / 10)),
      share: 0.09 / (index + 1),
    })),
    reason: null,
  }),
  "explore.nearest": async () => {
    await wait(800);
    return {
      ...{ images: pixelsOfDigits(5, 4), distances: [41.2, 44.9, 45.3, 47.1, 47.8] },
      ...{ places: [812, 14_220, 5071, 19_002, 77], labels: [4, 9, 4, 4, 9] },
      ...{ compared: 20_000, training: 20_000 },
      usual: { of: "training", count: 64, median: 43.5, low: 28.1 },
    };
  },
  "explore.search": async () => {
    await wait(2500);
    return { ...drawn(vectorsOf(1, 5)), distance: 38.4 };
  },
  "explore.cancelSearch": () => ({ cancelled: true }),
  "explore.close": () => ({ closed: true }),
};
