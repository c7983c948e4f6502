/**
 * A model as a graph of the layers that Keras and TensorFlow.js share. Both order axes as we do; where
 * their words or abilities differ, a dialect says how. Layers: https://keras.io/api/layers/
 */
import type { HostTensor } from "../../engine/tensors.ts";
import type { Shape } from "../../spec/shape.ts";
import { weightsOf, type Operation, type OperationOf } from "../operation.ts";
import type { ExportModel } from "../model.ts";

/** With the batch in front; null is any size. */
type BatchShape = readonly (number | null)[];

export interface GraphLayer {
  name: string;
  className: string;
  /** True for what is no layer but a bare operation of Keras 3, without weights. */
  bare?: boolean;
  config: Readonly<Record<string, unknown>>;
  /** Names of the layers whose results it takes; several as one list, except where it is bare. */
  inputs: readonly string[];
  weights: readonly { name: string; tensor: HostTensor }[];
  shape: BatchShape;
}

export interface Dialect {
  leakyRelu: (alpha: number) => Readonly<Record<string, unknown>>;
  elu: (operation: OperationOf<"leakyRelu" | "elu">, input: string) => GraphLayer[];
  /** Throws `export.unsupported` where there is no such thing. */
  minibatch: (operation: OperationOf<"minibatchDiscrimination">, input: string) => GraphLayer[];
}

const inBatch = (shape: Shape): BatchShape => [null, ...shape];

/** A layer that makes the operation's result out of one input. */
export const layerOf = (
  operation: Operation,
  className: string,
  input: string,
  config: Readonly<Record<string, unknown>> = {},
): GraphLayer => ({
  ...{ name: operation.name, className, config, inputs: [input], weights: [] },
  shape: inBatch(operation.output),
});

const tensorflowNames: Record<string, string> = {
  mean: "moving_mean",
  variance: "moving_variance",
};

const weighted = (
  operation: Operation,
  className: string,
  input: string,
  config: Readonly<Record<string, unknown>>,
): GraphLayer => ({
  ...layerOf(operation, className, input, config),
  weights: Object.entries(weightsOf(operation)).map(([name, tensor]) => ({
    name: tensorflowNames[name] ?? name,
    tensor,
  })),
});

/** An input of the network; `shape` is of one example. */
const inputLayer = (name: string, shape: Shape, dtype: string): GraphLayer => ({
  ...{ name, className: "InputLayer", config: { dtype, sparse: false } },
  ...{ inputs: [], weights: [], shape: inBatch(shape) },
});

/** Layers in computing order, inputs first. The last one's result is the network's. */
export function graphLayers(model: ExportModel, dialect: Dialect): GraphLayer[] {
  const inputs = [inputLayer(model.input.name, model.input.shape, "float32")];
  if (model.labels) inputs.push(inputLayer(model.labels.name, [], "int32"));
  let value: string = model.input.name;
  const layers = model.operations.flatMap((operation) => {
    const made = layersOf(operation, value, dialect);
    value = operation.name;
    return made;
  });
  return [...inputs, ...layers];
}

const square = (size: number) => [size, size];

const windowOf = ({
  size,
  stride,
  padding,
}: OperationOf<"convolution" | "transposedConvolution">) => ({
  ...{ kernel_size: square(size), strides: square(stride), padding },
  ...{ data_format: "channels_last", dilation_rate: [1, 1] },
  ...{ activation: "linear", use_bias: true },
});

function layersOf(operation: Operation, x: string, dialect: Dialect): GraphLayer[] {
  switch (operation.kind) {
    case "dense": {
      const units = operation.output[0];
      const config = { units, activation: "linear", use_bias: true };
      return [weighted(operation, "Dense", x, config)];
    }
    case "convolution":
    case "transposedConvolution": {
      const className = operation.kind === "convolution" ? "Conv2D" : "Conv2DTranspose";
      const config = { filters: operation.output[2], ...windowOf(operation) };
      return [weighted(operation, className, x, config)];
    }
    case "batchNorm": {
      const { epsilon, momentum } = operation;
      const config = { axis: -1, epsilon, momentum, center: true, scale: true };
      return [weighted(operation, "BatchNormalization", x, config)];
    }
    case "layerNorm":
      return [layerNorm(operation, x)];
    case "minibatchDiscrimination":
      return dialect.minibatch(operation, x);
    case "leakyRelu":
      return [layerOf(operation, "LeakyReLU", x, dialect.leakyRelu(operation.alpha))];
    case "elu":
      return dialect.elu(operation, x);
    case "relu":
    case "tanh":
    case "sigmoid":
      return [layerOf(operation, "Activation", x, { activation: operation.kind })];
    case "maxPool":
    case "averagePool": {
      const className = operation.kind === "maxPool" ? "MaxPooling2D" : "AveragePooling2D";
      const size = square(operation.size);
      const config = { pool_size: size, strides: size, padding: "valid" };
      return [layerOf(operation, className, x, { ...config, data_format: "channels_last" })];
    }
    case "upsample": {
      const config = { size: square(operation.size), interpolation: "nearest" };
      return [layerOf(operation, "UpSampling2D", x, { ...config, data_format: "channels_last" })];
    }
    case "reshape":
      return [layerOf(operation, "Reshape", x, { target_shape: operation.output })];
    case "joinLabels":
      return joinLabels(operation, x);
  }
}

/** Over all axes of an example; the layer then wants a scale for every value, ours is one a channel. */
function layerNorm(operation: OperationOf<"layerNorm">, x: string): GraphLayer {
  const { input, epsilon } = operation;
  const size = input.reduce((product, length) => product * length, 1);
  const layer = weighted(operation, "LayerNormalization", x, {
    ...{ axis: input.map((_, axis) => axis + 1), epsilon },
    ...{ center: true, scale: true },
  });
  const spread = ({ values }: HostTensor): HostTensor => ({
    shape: input,
    values: Float32Array.from({ length: size }, (_, place) => values[place % values.length] ?? 0),
  });
  const weights = layer.weights.map(({ name, tensor }) => ({ name, tensor: spread(tensor) }));
  return { ...layer, weights };
}

/** The one-hot label is looked up in a table whose rows are the one-hot vectors. */
function joinLabels(operation: OperationOf<"joinLabels">, x: string): GraphLayer[] {
  const { name, input, classes } = operation;
  const oneHot = `${name}_one_hot`;
  const table = new Float32Array(classes * classes);
  for (let row = 0; row < classes; row++) table[row * (classes + 1)] = 1;
  const look: GraphLayer = {
    ...{ name: oneHot, className: "Embedding", inputs: ["label"], shape: [null, classes] },
    config: { input_dim: classes, output_dim: classes, trainable: false },
    weights: [{ name: "embeddings", tensor: { shape: [classes, classes], values: table } }],
  };
  const join = (labels: string): GraphLayer => ({
    ...layerOf(operation, "Concatenate", x, { axis: -1 }),
    inputs: [x, labels],
  });
  const [height, width, channels] = input;
  if (height === undefined || width === undefined || channels === undefined) {
    return [look, join(oneHot)];
  }
  const [dots, planes] = [`${name}_dots`, `${name}_planes`];
  return [
    look,
    {
      ...{ name: dots, className: "RepeatVector", config: { n: height * width } },
      ...{ inputs: [oneHot], weights: [], shape: [null, height * width, classes] },
    },
    {
      ...{ name: planes, className: "Reshape" },
      ...{ config: { target_shape: [height, width, classes] }, inputs: [dots], weights: [] },
      shape: [null, height, width, classes],
    },
    join(planes),
  ];
}
