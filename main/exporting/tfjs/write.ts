/**
 * A model as a TensorFlow.js LayersModel: model.json, which holds the layers, and the weights in
 * files of 4 MB, as its own converter cuts them, so that a browser can keep them in its cache.
 */
import type { ExportedFile, ExportOptions } from "../format.ts";
import { encodeText, joined } from "../bytes.ts";
import { toHalf } from "../half.ts";
import { graphLayers, layerOf, type Dialect, type GraphLayer } from "../layers/graph.ts";
import { metadataOf, producer } from "../metadata.ts";
import type { ExportModel } from "../model.ts";
import type { OperationOf } from "../operation.ts";
import { unsupported } from "../unsupported.ts";

const shardBytes = 4 * 1024 * 1024;

const dialectFor = (model: ExportModel): Dialect => ({
  leakyRelu: (alpha) => ({ alpha }),
  elu: eluLayers,
  minibatch: (operation) => {
    throw unsupported(model, operation, "TensorFlow.js layers", {
      why: "none of its layers looks at other examples of the batch",
      instead: "Choose ONNX, Keras or PyTorch, or use another layer.",
    });
  },
});

/**
 * Its ELU knows only α = 1. For others, α·elu(x) + (1 − α)·relu(x), each multiplied by a
 * normalisation that does nothing else.
 */
function eluLayers(operation: OperationOf<"leakyRelu" | "elu">, input: string): GraphLayer[] {
  if (operation.alpha === 1) return [layerOf(operation, "ELU", input, { alpha: 1 })];
  const { name, alpha } = operation;
  const channels = operation.input.at(-1) ?? 1;
  const scaled = (part: string, from: string, factor: number): GraphLayer => {
    const filled = (value: number) => ({
      shape: [channels],
      values: new Float32Array(channels).fill(value),
    });
    return {
      ...layerOf(operation, "BatchNormalization", from, { axis: -1, epsilon: 0 }),
      name: `${name}_${part}_scaled`,
      weights: [
        { name: "gamma", tensor: filled(factor) },
        { name: "beta", tensor: filled(0) },
        { name: "moving_mean", tensor: filled(0) },
        { name: "moving_variance", tensor: filled(1) },
      ],
    };
  };
  const [whole, positive] = [`${name}_whole`, `${name}_positive`];
  return [
    { ...layerOf(operation, "ELU", input, { alpha: 1 }), name: whole },
    { ...layerOf(operation, "Activation", input, { activation: "relu" }), name: positive },
    scaled("whole", whole, alpha),
    scaled("positive", positive, 1 - alpha),
    {
      ...layerOf(operation, "Add", input),
      inputs: [`${name}_whole_scaled`, `${name}_positive_scaled`],
    },
  ];
}

interface WeightEntry {
  name: string;
  shape: readonly number[];
  dtype: "float32";
  quantization?: { dtype: "float16"; original_dtype: "float32" };
}

export function writeTfjs(model: ExportModel, options: ExportOptions): Promise<ExportedFile[]> {
  const layers = graphLayers(model, dialectFor(model));
  const weights = layers.flatMap(({ name, weights: of }) =>
    of.map(({ name: weight, tensor }) => ({
      ...{ name: `${name}/${weight}`, isKernel: weight === "kernel" },
      ...tensor,
    })),
  );
  const entries: WeightEntry[] = [];
  const pieces: Uint8Array[] = [];
  for (const { name, isKernel, shape, values } of weights) {
    const half = options.half && isKernel;
    const stored = half ? toHalf(values, name) : values;
    entries.push({
      ...{ name, shape, dtype: "float32" },
      ...(half ? { quantization: { dtype: "float16", original_dtype: "float32" } } : {}),
    });
    pieces.push(new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength));
  }
  const shards = shardsOf(pieces);
  const paths = shards.map(
    (_, place) => `group1-shard${(place + 1).toString()}of${shards.length.toString()}.bin`,
  );
  const description = {
    format: "layers-model",
    generatedBy: producer,
    convertedBy: null,
    modelTopology: topologyOf(model, layers),
    weightsManifest: [{ paths, weights: entries }],
    userDefinedMetadata: metadataOf(model),
  };
  return Promise.resolve([
    { path: "model.json", content: encodeText(JSON.stringify(description)) },
    ...shards.map((content, place) => ({ path: paths[place] ?? "", content })),
  ]);
}

/** The form of Keras 2, which TensorFlow.js reads. */
function topologyOf(model: ExportModel, layers: readonly GraphLayer[]) {
  const last = layers.at(-1)?.name;
  const inputs = layers.filter(({ className }) => className === "InputLayer");
  return {
    class_name: "Model",
    config: {
      name: model.player,
      layers: layers.map(({ name, className, config, inputs: from, shape }) => ({
        ...{ class_name: className, name },
        config: {
          ...{ name, trainable: true, dtype: "float32", ...config },
          ...(className === "InputLayer" ? { batch_input_shape: shape } : {}),
        },
        inbound_nodes: from.length === 0 ? [] : [from.map((source) => [source, 0, 0, {}])],
      })),
      input_layers: inputs.map(({ name }) => [name, 0, 0]),
      output_layers: [[last, 0, 0]],
    },
    keras_version: "tfjs-layers 4.22.0",
    backend: "tensor_flow.js",
  };
}

/** All pieces one after the other, cut every so many bytes. */
function shardsOf(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer>[] {
  const whole = joined(pieces);
  return Array.from({ length: Math.max(1, Math.ceil(whole.length / shardBytes)) }, (_, place) =>
    whole.slice(place * shardBytes, (place + 1) * shardBytes),
  );
}
