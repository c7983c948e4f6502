/** Features of many images, which are read or drawn a few hundred at a time. */
import { toBytes, toUnitRange } from "../engine/pixels.ts";
import type { Classifier, Seen } from "../engine/classifier/classifier.ts";
import type { Explorer } from "../engine/explore/explorer.ts";
import type { ImageSet } from "./evaluate-images.ts";

/** Images at a time. */
const atOnce = 512;

type OnProgress = (done: number, total: number) => void;

/** Looks at `count` images, of which `next` gives those from one place to before another, in [−1, 1]. */
async function lookAt(
  classifier: Classifier,
  count: number,
  next: (first: number, end: number) => Promise<Float32Array>,
  onProgress: OnProgress = () => undefined,
): Promise<Seen> {
  const parts: Seen[] = [];
  for (let first = 0; first < count; first += atOnce) {
    const end = Math.min(count, first + atOnce);
    parts.push(await classifier.look(await next(first, end)));
    onProgress(end, count);
    // Whoever waits for a message gets a turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    features: joined(parts.map(({ features }) => features)),
    probabilities: joined(parts.map(({ probabilities }) => probabilities)),
  };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export const lookAtSet = (
  classifier: Classifier,
  { dataset, places }: ImageSet,
  onProgress?: OnProgress,
): Promise<Seen> =>
  lookAt(
    classifier,
    places.length,
    async (first, end) => toUnitRange(await dataset.read(places.subarray(first, end))),
    onProgress,
  );

/** Generated images go through bytes, as they are stored and shown, and as real ones come. */
export const lookAtGenerated = (
  classifier: Classifier,
  explorer: Explorer,
  vectors: Float32Array,
  labels: Uint8Array | null,
  onProgress?: OnProgress,
): Promise<Seen> => {
  const { size } = explorer.gan.specification.latent;
  return lookAt(
    classifier,
    vectors.length / size,
    async (first, end) => {
      const part = vectors.subarray(first * size, end * size);
      const images = await explorer.images(part, labels?.subarray(first, end) ?? null);
      return toUnitRange(toBytes(images));
    },
    onProgress,
  );
};
