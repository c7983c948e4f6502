/**
 * Each operation as nodes of an ONNX graph (operator set 17). Images are channels first there, which
 * is what its operators take; where height, width, channels order matters, it is turned and back.
 * Operators: https://onnx.ai/onnx/operators/
 */
import type { HostTensor } from "../../engine/tensors.ts";
import { sizeOf } from "../../spec/shape.ts";
import { isTurned, turned } from "../axes.ts";
import { fileTensors } from "../layouts.ts";
import type { Operation, OperationOf } from "../operation.ts";
import { attributeTypes, type AttributeMessage, type NodeMessage } from "./messages.ts";

/** A tensor that the file holds. */
export type Constant =
  | { name: string; kind: "float32"; tensor: HostTensor }
  | { name: string; kind: "int64"; values: readonly number[]; scalar?: boolean };

export interface Piece {
  nodes: NodeMessage[];
  constants: Constant[];
}

type Attribute = number | string | readonly number[] | { float: number };

function attributeOf([name, value]: [string, Attribute]): AttributeMessage {
  if (typeof value === "number") return { name, type: attributeTypes.int, i: value };
  if (typeof value === "string") {
    return { name, type: attributeTypes.string, s: new TextEncoder().encode(value) };
  }
  if ("float" in value) return { name, type: attributeTypes.float, f: value.float };
  return { name, type: attributeTypes.ints, ints: [...value] };
}

/** A node whose name is that of its result. */
export const node = (
  type: string,
  input: string[],
  output: string,
  attributes: Record<string, Attribute> = {},
): NodeMessage => ({
  ...{ input, output: [output], name: output, op_type: type },
  attribute: Object.entries(attributes).map(attributeOf),
});

const float = (value: number): Attribute => ({ float: value });

/** One node that takes `x` and then the operation's weights, in their order. */
function weighted(
  type: string,
  operation: Operation,
  x: string,
  attributes: Record<string, Attribute> = {},
): Piece {
  const tensors = fileTensors(operation, "pytorch");
  return {
    nodes: [node(type, [x, ...tensors.map(({ name }) => name)], operation.name, attributes)],
    constants: tensors.map(({ name, tensor }) => ({ name, kind: "float32", tensor })),
  };
}

const plain = (
  type: string,
  { name }: Operation,
  x: string,
  attributes: Record<string, Attribute> = {},
): Piece => ({ nodes: [node(type, [x], name, attributes)], constants: [] });

function reshape({ name, input, output }: Operation, x: string): Piece {
  const nodes: NodeMessage[] = [];
  const last = isTurned(input) ? `${name}.channels_last` : x;
  if (last !== x) nodes.push(node("Transpose", [x], last, { perm: [0, 2, 3, 1] }));
  const shape = `${name}.shape`;
  const into = isTurned(output) ? `${name}.reshaped` : name;
  nodes.push(node("Reshape", [last, shape], into));
  if (into !== name) nodes.push(node("Transpose", [into], name, { perm: [0, 3, 1, 2] }));
  // 0 keeps the size of the batch.
  const sizes = [0, ...(isTurned(output) ? output : turned(output))];
  return { nodes, constants: [{ name: shape, kind: "int64", values: sizes }] };
}

function layerNorm(operation: OperationOf<"layerNorm">, x: string): Piece {
  const [channels = 1, ...image] = turned(operation.input);
  const area = sizeOf(image);
  // The operator wants a scale for every value; ours is one a channel.
  const spread = ({ values }: HostTensor): HostTensor => ({
    shape: [channels, ...image],
    values: Float32Array.from(
      { length: channels * area },
      (_, place) => values[Math.floor(place / area)] ?? 0,
    ),
  });
  const { nodes, constants } = weighted("LayerNormalization", operation, x, {
    axis: 1,
    epsilon: float(operation.epsilon),
  });
  return {
    nodes,
    constants: constants.map((constant) =>
      constant.kind === "float32" ? { ...constant, tensor: spread(constant.tensor) } : constant,
    ),
  };
}

function minibatch(operation: OperationOf<"minibatchDiscrimination">, x: string): Piece {
  const { name, kernels, dimensions } = operation;
  const kernel = `${name}.weight`;
  const at = (part: string) => `${name}.${part}`;
  const int64 = (part: string, values: number[]): Constant => ({
    ...{ name: at(part), kind: "int64", values },
  });
  return {
    nodes: [
      node("MatMul", [x, kernel], at("projected")),
      node("Reshape", [at("projected"), at("form")], at("kernels")),
      node("Unsqueeze", [at("kernels"), at("second")], at("rows")),
      node("Unsqueeze", [at("kernels"), at("first")], at("others")),
      node("Sub", [at("rows"), at("others")], at("differences")),
      node("Abs", [at("differences")], at("absolute")),
      node("ReduceSum", [at("absolute"), at("last")], at("distances"), { keepdims: 0 }),
      node("Neg", [at("distances")], at("negative")),
      node("Exp", [at("negative")], at("closeness")),
      node("ReduceSum", [at("closeness"), at("second")], at("sums"), { keepdims: 0 }),
      node("Concat", [x, at("sums")], name, { axis: 1 }),
    ],
    constants: [
      { name: kernel, kind: "float32", tensor: operation.weights.kernel },
      int64("form", [0, kernels, dimensions]),
      ...[int64("first", [0]), int64("second", [1]), int64("last", [3])],
    ],
  };
}

function joinLabels({ name, input, classes }: OperationOf<"joinLabels">, x: string): Piece {
  const [depth, values] = [`${name}.classes`, `${name}.off_on`];
  const oneHot = `${name}.one_hot`;
  const constants: Constant[] = [
    { name: depth, kind: "int64", values: [classes], scalar: true },
    { name: values, kind: "float32", tensor: { shape: [2], values: Float32Array.of(0, 1) } },
  ];
  const nodes = [node("OneHot", ["label", depth, values], oneHot)];
  if (input.length === 1) {
    return { nodes: [...nodes, node("Concat", [x, oneHot], name, { axis: 1 })], constants };
  }
  const [axes, area, dots, planes] = [
    ...[`${name}.axes`, `${name}.area`],
    ...[`${name}.dots`, `${name}.planes`],
  ] as [string, string, string, string];
  return {
    nodes: [
      ...nodes,
      node("Unsqueeze", [oneHot, axes], dots),
      node("Expand", [dots, area], planes),
      node("Concat", [x, planes], name, { axis: 1 }),
    ],
    constants: [
      ...constants,
      { name: axes, kind: "int64", values: [2, 3] },
      { name: area, kind: "int64", values: [1, 1, input[0] ?? 1, input[1] ?? 1] },
    ],
  };
}

function windowOf({ size, stride }: { size: number; stride: number }) {
  return { kernel_shape: [size, size], strides: [stride, stride] };
}

const edges = ({ top, left, bottom, right }: OperationOf<"convolution">["pads"]) => [
  ...[top, left, bottom, right],
];

/** Nodes that compute `operation` from the value `x`; the result has the operation's name. */
export function nodesOf(operation: Operation, x: string): Piece {
  switch (operation.kind) {
    case "dense":
      return weighted("Gemm", operation, x, { transB: 1 });
    case "convolution":
      return weighted("Conv", operation, x, {
        ...windowOf(operation),
        pads: edges(operation.pads),
      });
    case "transposedConvolution":
      return weighted("ConvTranspose", operation, x, {
        ...windowOf(operation),
        pads: edges(operation.crop),
        ...(operation.extra > 0 ? { output_padding: [operation.extra, operation.extra] } : {}),
      });
    case "batchNorm":
      return weighted("BatchNormalization", operation, x, { epsilon: float(operation.epsilon) });
    case "layerNorm":
      return layerNorm(operation, x);
    case "minibatchDiscrimination":
      return minibatch(operation, x);
    case "leakyRelu":
      return plain("LeakyRelu", operation, x, { alpha: float(operation.alpha) });
    case "elu":
      return plain("Elu", operation, x, { alpha: float(operation.alpha) });
    case "relu":
      return plain("Relu", operation, x);
    case "tanh":
      return plain("Tanh", operation, x);
    case "sigmoid":
      return plain("Sigmoid", operation, x);
    case "maxPool":
    case "averagePool": {
      const window = windowOf({ size: operation.size, stride: operation.size });
      return plain(operation.kind === "maxPool" ? "MaxPool" : "AveragePool", operation, x, window);
    }
    case "upsample": {
      const scales = `${operation.name}.scales`;
      const values = Float32Array.of(1, 1, operation.size, operation.size);
      return {
        nodes: [
          node("Resize", [x, "", scales], operation.name, {
            ...{ mode: "nearest", nearest_mode: "floor" },
            coordinate_transformation_mode: "asymmetric",
          }),
        ],
        constants: [{ name: scales, kind: "float32", tensor: { shape: [4], values } }],
      };
    }
    case "reshape":
      return reshape(operation, x);
    case "joinLabels":
      return joinLabels(operation, x);
  }
}
