/** Loads a written LayersModel with TensorFlow.js itself and computes on the engine that is loaded. */
import * as tf from "@tensorflow/tfjs-core";
import type { ExportedFile, Inputs } from "../format.ts";
import { unreadable } from "../metadata.ts";

interface Description {
  modelTopology: object;
  weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
}

/** The files' bytes as TensorFlow.js's own loaders give them. */
function artifactsOf(files: readonly ExportedFile[]): tf.io.ModelArtifacts {
  const contentOf = (path: string) => {
    const file = files.find((candidate) => candidate.path === path);
    if (!file) throw unreadable(path, "is missing");
    return file.content;
  };
  const text = new TextDecoder().decode(contentOf("model.json"));
  const { modelTopology, weightsManifest } = JSON.parse(text) as Description;
  const weightData = weightsManifest.flatMap(({ paths }) =>
    paths.map((path) => {
      const bytes = contentOf(path);
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    }),
  );
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(({ weights }) => weights),
    weightData,
  };
}

export async function runTfjs(
  files: readonly ExportedFile[],
  { values, count, labels }: Inputs,
): Promise<Float32Array<ArrayBuffer>> {
  const { loadLayersModel } = await import("@tensorflow/tfjs");
  const model = await loadLayersModel(tf.io.fromMemory(artifactsOf(files)));
  const [shape] = model.inputs.map((input) => input.shape.slice(1) as number[]);
  const output = tf.tidy(() => {
    const x = tf.tensor(values, [count, ...(shape ?? [])]);
    const given = labels ? [x, tf.tensor1d(labels, "int32")] : x;
    return model.predictOnBatch(given) as tf.Tensor;
  });
  const numbers = new Float32Array(await output.data());
  output.dispose();
  model.dispose();
  return numbers;
}
