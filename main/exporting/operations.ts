/** From a layer of the specification to the operation that it is at inference, or to none. */
import type { HostTensor } from "../engine/tensors.ts";
import type { Layer, LayerOf } from "../spec/layers.ts";
import type { InferredNetwork } from "../spec/network.ts";
import { sameShape, type Shape } from "../spec/shape.ts";
import type { Operation } from "./operation.ts";
import { convolutionPads, transposedCrop } from "./padding.ts";
import { spectrallyDivided } from "./spectral.ts";

/** `Omit` of each member of a union. */
type Unnamed<Member> = Member extends Operation ? Omit<Member, "name"> : never;
/** An operation before it is named. */
export type NamedOperation = Unnamed<Operation>;

type InferredLayer = InferredNetwork["layers"][number];
type TensorOf = (variable: string) => HostTensor;

/**
 * Shapes of two sizes, which no format needs to know, become images of height 1: to every layer that
 * takes them (the last axis is the channels) that is the same.
 */
const ofImage = (shape: Shape): Shape => (shape.length === 2 ? [1, ...shape] : shape);

/** The layer's operation: one or, where it does nothing at inference, none. */
export function operationOf(
  inferred: InferredLayer,
  layer: number,
  tensor: TensorOf,
): NamedOperation[] {
  const { layer: given } = inferred;
  const shapes = { layer, input: ofImage(inferred.input), output: ofImage(inferred.output) };
  switch (given.kind) {
    case "dropout":
    case "linear":
      return [];
    case "flatten":
    case "reshape":
      return sameShape(shapes.input, shapes.output) ? [] : [{ kind: "reshape", ...shapes }];
    case "dense":
      return [{ kind: "dense", ...shapes, weights: kernelAndBias(given, tensor) }];
    case "conv2d":
      return [
        {
          ...{ kind: "convolution", ...shapes, ...windowOf(given) },
          pads: convolutionPads(shapes.input, given),
          weights: kernelAndBias(given, tensor),
        },
      ];
    case "conv2dTranspose":
      return [
        {
          ...{ kind: "transposedConvolution", ...shapes, ...windowOf(given) },
          crop: transposedCrop(given),
          extra: Math.max(0, given.stride - given.kernel),
          weights: kernelAndBias(given, tensor),
        },
      ];
    case "batchNorm": {
      const weights = {
        ...{ gamma: tensor("gamma"), beta: tensor("beta") },
        ...{ mean: tensor("movingMean"), variance: tensor("movingVariance") },
      };
      const { epsilon, momentum } = given;
      return [{ kind: "batchNorm", ...shapes, epsilon, momentum, weights }];
    }
    case "layerNorm": {
      const weights = { gamma: tensor("gamma"), beta: tensor("beta") };
      return [{ kind: "layerNorm", ...shapes, epsilon: given.epsilon, weights }];
    }
    case "minibatchDiscrimination": {
      const { kernels, dimensions } = given;
      const weights = { kernel: tensor("kernel") };
      return [{ kind: given.kind, ...shapes, kernels, dimensions, weights }];
    }
    case "leakyRelu":
    case "elu":
      return [{ kind: given.kind, ...shapes, alpha: given.alpha }];
    case "maxPool":
    case "averagePool":
    case "upsample":
      return [{ kind: given.kind, ...shapes, size: given.size }];
    case "relu":
    case "tanh":
    case "sigmoid":
      return [{ kind: given.kind, ...shapes }];
  }
}

type WithKernel = LayerOf<"dense" | "conv2d" | "conv2dTranspose">;

const windowOf = ({ kernel, stride, padding }: LayerOf<"conv2d" | "conv2dTranspose">) => ({
  size: kernel,
  stride,
  padding,
});

/** The axis of the kernel that counts its outputs. */
const outputAxes: Record<WithKernel["kind"] & Layer["kind"], number> = {
  dense: 1,
  conv2d: 3,
  conv2dTranspose: 2,
};

function kernelAndBias(layer: WithKernel, tensor: TensorOf) {
  const kernel = tensor("kernel");
  const divided = layer.spectralNorm
    ? spectrallyDivided(kernel, outputAxes[layer.kind], tensor("u").values)
    : kernel;
  return { kernel: divided, bias: tensor("bias") };
}
