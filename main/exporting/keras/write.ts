/**
 * A model as a `.keras` file: a ZIP of its description, its layers as JSON and their weights as HDF5.
 * It is written from built-in layers alone, so that Keras 3 loads it in its safe mode.
 */
import { zipSync } from "fflate";
import { encodeText } from "../bytes.ts";
import type { ExportedFile } from "../format.ts";
import { graphLayers, layerOf, type Dialect, type GraphLayer } from "../layers/graph.ts";
import { metadataOf } from "../metadata.ts";
import type { ExportModel } from "../model.ts";
import type { OperationOf } from "../operation.ts";
import { encodeWeights } from "./weights.ts";

/** The version whose form this is; later ones read it as well. */
const kerasVersion = "3.0.0";

const dialect: Dialect = {
  leakyRelu: (alpha) => ({ negative_slope: alpha }),
  elu: (operation, input) => [layerOf(operation, "ELU", input, { alpha: operation.alpha })],
  minibatch,
};

/** Dense without a bias, and bare operations over pairs of examples. */
function minibatch(operation: OperationOf<"minibatchDiscrimination">, input: string): GraphLayer[] {
  const { name, kernels, dimensions, weights } = operation;
  const at = (part: string) => `${name}_${part}`;
  const bare = (
    className: string,
    part: string,
    inputs: string[],
    shape: (number | null)[],
    config: Record<string, unknown> = {},
  ): GraphLayer => ({
    ...{ name: at(part), className, bare: true, config, inputs, weights: [], shape },
  });
  const pairs = [null, null, kernels, dimensions];
  const width = kernels * dimensions;
  return [
    {
      ...layerOf(operation, "Dense", input, {
        units: width,
        activation: "linear",
        use_bias: false,
      }),
      ...{ name: at("projected"), shape: [null, width] },
      weights: [{ name: "kernel", tensor: weights.kernel }],
    },
    {
      ...layerOf(operation, "Reshape", at("projected"), { target_shape: [kernels, dimensions] }),
      ...{ name: at("kernels"), shape: [null, kernels, dimensions] },
    },
    bare("ExpandDims", "rows", [at("kernels")], [null, 1, kernels, dimensions], { axis: 1 }),
    bare("ExpandDims", "others", [at("kernels")], [1, null, kernels, dimensions], { axis: 0 }),
    bare("Subtract", "differences", [at("rows"), at("others")], pairs),
    bare("Absolute", "absolute", [at("differences")], pairs),
    bare("Sum", "distances", [at("absolute")], pairs.slice(0, 3), { axis: -1, keepdims: false }),
    bare("Negative", "negative", [at("distances")], pairs.slice(0, 3)),
    bare("Exp", "closeness", [at("negative")], pairs.slice(0, 3)),
    bare("Sum", "sums", [at("closeness")], [null, kernels], { axis: 1, keepdims: false }),
    { ...layerOf(operation, "Concatenate", input, { axis: -1 }), inputs: [input, at("sums")] },
  ];
}

export async function writeKeras(model: ExportModel): Promise<ExportedFile[]> {
  const layers = graphLayers(model, dialect);
  const metadata = { keras_version: kerasVersion, gan_studio: metadataOf(model) };
  const entries = {
    "metadata.json": encodeText(JSON.stringify(metadata)),
    "config.json": encodeText(JSON.stringify(configOf(model, layers))),
    "model.weights.h5": await encodeWeights(model.player, layers),
  };
  // A fixed time, the format's earliest, so that the same model gives the same bytes.
  const content = zipSync(entries, { level: 0, mtime: new Date(1980, 0, 1) });
  return [{ path: `${model.player}.keras`, content: new Uint8Array(content) }];
}

function configOf(model: ExportModel, layers: readonly GraphLayer[]) {
  const shapes = new Map(layers.map(({ name, shape }) => [name, shape]));
  const dtypeOf = (name: string) => (name === model.labels?.name ? "int32" : "float32");
  const tensor = (name: string) => ({
    class_name: "__keras_tensor__",
    config: { shape: shapes.get(name), dtype: dtypeOf(name), keras_history: [name, 0, 0] },
  });
  const inputs = layers.filter(({ className }) => className === "InputLayer");
  return {
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: {
      ...{ name: model.player, trainable: true },
      layers: layers.map((layer) => ({
        ...classOf(layer),
        ...{ name: layer.name, config: fullConfig(layer) },
        ...(layer.bare || layer.inputs.length !== 1
          ? {}
          : { build_config: { input_shape: shapes.get(layer.inputs[0] ?? "") } }),
        inbound_nodes: nodesOf(layer, tensor),
      })),
      input_layers: inputs.map(({ name }) => [name, 0, 0]),
      output_layers: [[layers.at(-1)?.name, 0, 0]],
    },
    registered_name: "Functional",
    build_config: { input_shape: null },
  };
}

const classOf = ({ className, bare }: GraphLayer) => ({
  module: bare ? "keras.src.ops.numpy" : "keras.layers",
  class_name: className,
  registered_name: bare ? className : null,
});

function fullConfig({ name, className, bare, config, shape }: GraphLayer) {
  if (bare) return { name, ...config };
  if (className === "InputLayer") return { name, batch_shape: shape, ...config };
  return { name, trainable: true, dtype: "float32", ...config };
}

function nodesOf({ inputs, bare }: GraphLayer, tensor: (name: string) => object) {
  if (inputs.length === 0) return [];
  const tensors = inputs.map(tensor);
  // Merging layers take one list; bare operations take one after the other.
  return [{ args: bare || tensors.length === 1 ? tensors : [tensors], kwargs: {} }];
}
