/**
 * A feature extractor that the user names: a network that turns images into rows of numbers, by which
 * sets of images are compared (`evaluate --features`). An ONNX file, or a TensorFlow.js layers model.
 * Both hold operations and numbers, and are run by runtimes that know no others: nothing in them is
 * executed. Whether its features mean anything is the user's business.
 */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { Problem } from "../../spec/problem.ts";
import { formatShape, shapeOfImage, sizeOf, type ImageShape } from "../../spec/shape.ts";
import type { ExportedFile } from "../format.ts";
import { featureFiles, isOnnx } from "./files.ts";
import type { LoadedFeatures } from "./loaded-features.ts";
import { loadOnnxFeatures } from "./onnx-features.ts";
import { loadTfjsFeatures } from "./tfjs-features.ts";

export interface FeatureExtractor {
  /** Numbers of one image. */
  size: number;
  /** Fingerprint of its files. */
  hash: string;
  /** Images [count, height, width, channels] in [−1, 1]; gives [count, size]. */
  look(images: Float32Array): Promise<Float32Array>;
  dispose(): Promise<void>;
}

/** Features that sets can still be compared by: the Fréchet distance takes their number's cube. */
const mostFeatures = 2048;
/** Images that are looked at in one go. */
const atOnce = 64;

/**
 * Opens the file for images of this shape and tries it on one. Throws `export.unreadable` where it cannot
 * be read, and `export.mismatch` where its input is not such images, or its output no features.
 */
export async function openFeatures(file: string, image: ImageShape): Promise<FeatureExtractor> {
  const files = await featureFiles(file);
  const name = basename(file);
  const loaded = await (isOnnx(file) ? loadOnnxFeatures : loadTfjsFeatures)(files, name, image);
  const pixels = sizeOf(shapeOfImage(image));
  try {
    const size = (await computed(loaded, new Float32Array(2 * pixels), 2, name)).length / 2;
    if (!Number.isInteger(size) || size < 1 || size > mostFeatures) {
      throw new Problem(
        "export.mismatch",
        `${name} gives ${size.toLocaleString("en")} numbers for an image of ${formatShape(shapeOfImage(image))}; sets of images are compared by 1 to ${mostFeatures.toLocaleString("en")}. End it at a layer of features.`,
      );
    }
    return {
      size,
      hash: fingerprintOf(files),
      async look(images) {
        const count = images.length / pixels;
        const features = new Float32Array(count * size);
        for (let at = 0; at < count; at += atOnce) {
          const end = Math.min(count, at + atOnce);
          const part = images.slice(at * pixels, end * pixels);
          features.set(await computed(loaded, part, end - at, name), at * size);
        }
        return features;
      },
      dispose: () => loaded.dispose(),
    };
  } catch (thrown) {
    await loaded.dispose();
    throw thrown;
  }
}

/** Throws `export.mismatch` where the network fails, or gives what is no number. */
async function computed(
  loaded: LoadedFeatures,
  images: Float32Array<ArrayBuffer>,
  count: number,
  name: string,
): Promise<Float32Array> {
  let features: Float32Array;
  try {
    features = await loaded.run(images, count);
  } catch (cause) {
    if (cause instanceof Problem) throw cause;
    const why = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
    throw new Problem("export.mismatch", `${name} cannot look at these images: ${why}`, { cause });
  }
  if (!features.every(Number.isFinite)) {
    throw new Problem("export.mismatch", `${name} gives features that are no numbers.`);
  }
  return features;
}

function fingerprintOf(files: readonly ExportedFile[]): string {
  const hash = createHash("sha256");
  for (const { content } of files) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}
