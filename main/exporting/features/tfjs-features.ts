/**
 * Features by a TensorFlow.js layers model (model.json and its weights), on the engine that is loaded.
 * Its layers are those that TensorFlow.js knows; names of others are refused, and none of them runs code
 * of a file.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs";
import { Problem } from "../../spec/problem.ts";
import { formatShape, sameShape, shapeOfImage, type ImageShape } from "../../spec/shape.ts";
import type { ExportedFile } from "../format.ts";
import { layersModelOf } from "./layers-model.ts";
import type { LoadedFeatures } from "./loaded-features.ts";

/** Throws `export.unreadable` for what is no such model, `export.mismatch` for another input. */
export async function loadTfjsFeatures(
  [main, ...weights]: readonly ExportedFile[],
  name: string,
  image: ImageShape,
): Promise<LoadedFeatures> {
  const { modelTopology, weightsManifest } = layersModelOf(main as ExportedFile);
  const { loadLayersModel } = await import("@tensorflow/tfjs");
  let model: LayersModel;
  try {
    model = await loadLayersModel(
      tf.io.fromMemory({
        modelTopology,
        weightSpecs: weightsManifest.flatMap(
          (group) => group.weights,
        ) as tf.io.WeightsManifestEntry[],
        weightData: weights.map(({ content }) => content.buffer),
      }),
    );
  } catch (cause) {
    const why = (cause instanceof Error ? cause.message : String(cause)).slice(0, 200);
    throw new Problem("export.unreadable", `${name} is no layers model that runs here: ${why}`, {
      cause,
    });
  }
  const shape = shapeOfImage(image);
  const given = model.inputs.map((input) => input.shape.slice(1));
  const [only] = given;
  const fits =
    only?.length === 3 &&
    sameShape(
      only.map((size, axis) => size ?? shape[axis] ?? 0),
      shape,
    );
  if (given.length !== 1 || !fits) {
    const takes = given.map((sizes) => sizes.map((size) => size ?? "any").join("×")).join(" and ");
    model.dispose();
    throw new Problem(
      "export.mismatch",
      `${name} does not fit: it takes ${takes}. It must take one batch of images of ${formatShape(shape)}, as numbers from −1 to 1.`,
    );
  }
  return {
    async run(images, count) {
      const output = tf.tidy(() => {
        const seen = model.predictOnBatch(tf.tensor(images, [count, ...shape]));
        return Array.isArray(seen) ? (seen[0] as tf.Tensor) : seen;
      });
      const features = new Float32Array(await output.data());
      output.dispose();
      return features;
    },
    dispose() {
      model.dispose();
      return Promise.resolve();
    },
  };
}
