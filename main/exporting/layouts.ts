/**
 * What weights are called in files, and how their axes are ordered: PyTorch's way, which the exported
 * PyTorch code and ONNX take, and TensorFlow's, which is ours.
 */
import type { HostTensor } from "../engine/tensors.ts";
import { inverse, permuted } from "./axes.ts";
import type { ExportOptions } from "./format.ts";
import { weightsOf, type Operation } from "./operation.ts";

type Layout = ExportOptions["layout"];

const torchNames: Record<string, string> = {
  kernel: "weight",
  bias: "bias",
  gamma: "weight",
  beta: "bias",
  mean: "running_mean",
  variance: "running_var",
};

const tensorflowNames: Record<string, string> = {
  ...{ kernel: "kernel", bias: "bias", gamma: "gamma", beta: "beta" },
  ...{ mean: "moving_mean", variance: "moving_variance" },
};

/** PyTorch's axes as ours, where a kernel's differ: outputs first, except where it transposes. */
const torchOrders: Partial<Record<Operation["kind"], readonly number[]>> = {
  dense: [1, 0],
  convolution: [3, 2, 0, 1],
  transposedConvolution: [3, 2, 0, 1],
};

const orderOf = (operation: Operation, weight: string, layout: Layout) =>
  layout === "pytorch" && weight === "kernel" ? torchOrders[operation.kind] : undefined;

export interface FileTensor {
  /** «dense1.weight». */
  name: string;
  /** The operation's own word for it: kernel, bias, gamma… */
  weight: string;
  tensor: HostTensor;
}

/** An operation's weights as a file holds them. */
export const fileTensors = (operation: Operation, layout: Layout): FileTensor[] =>
  Object.entries(weightsOf(operation)).map(([weight, tensor]) => {
    const order = orderOf(operation, weight, layout);
    return {
      name: fileName(operation, weight, layout),
      weight,
      tensor: order ? permuted(tensor, order) : tensor,
    };
  });

export const fileName = ({ name }: Operation, weight: string, layout: Layout): string =>
  `${name}.${(layout === "pytorch" ? torchNames : tensorflowNames)[weight] ?? weight}`;

/** The shape that a weight of that operation has in a file. */
export function fileShape(operation: Operation, weight: string, layout: Layout): readonly number[] {
  const shape = weightsOf(operation)[weight]?.shape ?? [];
  return orderOf(operation, weight, layout)?.map((axis) => shape[axis] ?? 0) ?? shape;
}

/** A weight from a file, in our own order of axes. */
export function fromFile(
  operation: Operation,
  weight: string,
  tensor: HostTensor,
  layout: Layout,
): HostTensor {
  const order = orderOf(operation, weight, layout);
  return order ? permuted(tensor, inverse(order)) : tensor;
}
