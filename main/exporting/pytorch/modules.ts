/**
 * Each operation in PyTorch: the module that holds its weights, and the expression that computes it.
 * Images are channels first there; where height, width, channels order matters, they are turned.
 */
import { isTurned, turned } from "../axes.ts";
import type { Operation, OperationOf } from "../operation.ts";

/** `nn.Linear(100, 6272)`; null for operations without weights. */
export const moduleOf = (operation: Operation): string | null =>
  "weights" in operation ? weightedModule(operation) : null;

function weightedModule(operation: Extract<Operation, { weights: object }>): string {
  const [from, to] = [operation.input.at(-1) ?? 0, operation.output.at(-1) ?? 0].map(String);
  switch (operation.kind) {
    case "dense":
      return `nn.Linear(${from}, ${to})`;
    case "convolution":
    case "transposedConvolution":
      return `nn.${operation.kind === "convolution" ? "Conv2d" : "ConvTranspose2d"}(${from}, ${to}, ${windowOf(operation)})`;
    case "batchNorm": {
      const rank = operation.input.length === 3 ? "2d" : "1d";
      // PyTorch's momentum is the share of the new value. Rounded, for 1 − 0.9 is 0.09999999999999998.
      const momentum = Number((1 - operation.momentum).toPrecision(10)).toString();
      return `nn.BatchNorm${rank}(${to}, eps=${written(operation.epsilon)}, momentum=${momentum})`;
    }
    case "layerNorm": {
      const epsilon = `eps=${written(operation.epsilon)}`;
      // Over the whole image, with a scale a channel: that is one group of all channels.
      if (operation.input.length === 3) return `nn.GroupNorm(1, ${to}, ${epsilon})`;
      return `nn.LayerNorm(${to}, ${epsilon})`;
    }
    case "minibatchDiscrimination": {
      const { kernels, dimensions } = operation;
      return `MinibatchDiscrimination(${from}, ${kernels.toString()}, ${dimensions.toString()})`;
    }
  }
}

/** As people write it: 1e-5, not 0.00001. */
const written = (value: number): string =>
  value !== 0 && value < 1e-3 ? value.toExponential() : value.toString();

function windowOf(operation: OperationOf<"convolution" | "transposedConvolution">): string {
  const { size, stride } = operation;
  const parts = [size.toString()];
  if (stride !== 1) parts.push(`stride=${stride.toString()}`);
  const padding = paddingOf(operation);
  if (padding > 0) parts.push(`padding=${padding.toString()}`);
  if (operation.kind === "transposedConvolution" && operation.extra > 0) {
    parts.push(`output_padding=${operation.extra.toString()}`);
  }
  return parts.join(", ");
}

const isEven = ({ top, left, bottom, right }: OperationOf<"convolution">["pads"]): boolean =>
  top === left && top === bottom && top === right;

/** What the module itself pads: it can only do it alike at all edges. */
function paddingOf(operation: OperationOf<"convolution" | "transposedConvolution">): number {
  if (operation.kind === "transposedConvolution") return operation.crop.top;
  return isEven(operation.pads) ? operation.pads.top : 0;
}

/** True for what reads well around the module's call before it: `F.relu(self.batch_norm1(x))`. */
export const isActivation = ({ kind }: Operation): boolean =>
  kind === "relu" ||
  kind === "leakyRelu" ||
  kind === "elu" ||
  kind === "tanh" ||
  kind === "sigmoid";

/** The expression that computes the operation from `x`. */
export function expressionOf(operation: Operation, x: string): string {
  const call = `self.${operation.name}`;
  switch (operation.kind) {
    case "dense":
    case "batchNorm":
    case "layerNorm":
    case "minibatchDiscrimination":
      return `${call}(${x})`;
    case "convolution": {
      const { top, left, bottom, right } = operation.pads;
      if (isEven(operation.pads)) return `${call}(${x})`;
      return `${call}(F.pad(${x}, (${[left, right, top, bottom].join(", ")})))`;
    }
    case "transposedConvolution": {
      const { top, bottom } = operation.crop;
      // What is padded at an even number of edges comes out one longer than it should.
      return bottom === top ? `${call}(${x})` : `${call}(${x})[:, :, :-1, :-1]`;
    }
    case "relu":
      return `F.relu(${x})`;
    case "leakyRelu":
      return `F.leaky_relu(${x}, ${written(operation.alpha)})`;
    case "elu":
      return `F.elu(${x}, ${written(operation.alpha)})`;
    case "tanh":
    case "sigmoid":
      return `torch.${operation.kind}(${x})`;
    case "maxPool":
      return `F.max_pool2d(${x}, ${operation.size.toString()})`;
    case "averagePool":
      return `F.avg_pool2d(${x}, ${operation.size.toString()})`;
    case "upsample":
      return `F.interpolate(${x}, scale_factor=${operation.size.toString()}, mode="nearest")`;
    case "reshape":
      return reshaped(operation, x);
    case "joinLabels":
      return joined(operation, x);
  }
}

function reshaped({ input, output }: OperationOf<"reshape">, x: string): string {
  const last = isTurned(input) ? `${x}.permute(0, 2, 3, 1)` : x;
  if (output.length === 1) return `${last}.flatten(1)`;
  if (!isTurned(output)) return `${last}.reshape(-1, ${turned(output).join(", ")})`;
  return `${last}.reshape(-1, ${output.join(", ")}).permute(0, 3, 1, 2)`;
}

function joined({ input }: OperationOf<"joinLabels">, x: string): string {
  const [height, width] = input;
  if (width === undefined) return `torch.cat([${x}, one_hot], dim=1)`;
  const planes = `one_hot[:, :, None, None].expand(-1, -1, ${String(height)}, ${width.toString()})`;
  return `torch.cat([${x}, ${planes}], dim=1)`;
}
