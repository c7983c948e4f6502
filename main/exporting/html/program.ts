/** A model as the page's interpreter takes it: steps of plain numbers, and all weights in one piece. */
import type { HostTensor } from "../../engine/tensors.ts";
import { toHalf } from "../half.ts";
import type { ExportModel } from "../model.ts";
import { weightsOf, type Operation, type OperationOf } from "../operation.ts";

/** Bytes of one weight: float16 or float32 values, little-endian, from a multiple of four on. */
export interface Place {
  at: number;
  length: number;
  half: boolean;
}

/** What `network.js` runs; the names of its fields are those that it reads. */
export interface Step {
  kind: string;
  input: readonly number[];
  output: readonly number[];
  weights?: Record<string, Place>;
  stride?: number;
  size?: number;
  top?: number;
  left?: number;
  alpha?: number;
  epsilon?: number;
  kernels?: number;
  dimensions?: number;
  classes?: number;
}

export interface Program {
  steps: Step[];
  bytes: Uint8Array<ArrayBuffer>;
}

/** `half` stores kernels as float16; biases and what normalises stay float32. Throws `export.unsupported`. */
export function programOf({ operations }: ExportModel, half: boolean): Program {
  const pieces: { at: number; content: Uint8Array<ArrayBuffer> }[] = [];
  let end = 0;
  const placed = (place: string, name: string, { values }: HostTensor): Place => {
    const isHalf = half && name === "kernel";
    const stored = isHalf ? toHalf(values, place) : values;
    const content = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
    const at = end;
    pieces.push({ at, content });
    end += Math.ceil(content.length / 4) * 4;
    return { at, length: values.length, half: isHalf };
  };
  const steps = operations.map((operation): Step => {
    const weights = operation.kind === "batchNorm" ? scaleOf(operation) : weightsOf(operation);
    const places = Object.entries(weights).map(([name, tensor]) => [
      name,
      placed(`${operation.name}.${name}`, name, tensor),
    ]);
    return {
      ...plainly(operation),
      ...(places.length > 0 && { weights: Object.fromEntries(places) as Record<string, Place> }),
    };
  });
  const bytes = new Uint8Array(end);
  for (const { at, content } of pieces) bytes.set(content, at);
  return { steps, bytes };
}

function plainly(operation: Operation): Step {
  const { kind, input, output } = operation;
  const shapes = { input, output };
  switch (operation.kind) {
    case "convolution": {
      const { stride, size, pads } = operation;
      return { kind, ...shapes, stride, size, top: pads.top, left: pads.left };
    }
    case "transposedConvolution": {
      const { stride, size, crop } = operation;
      return { kind, ...shapes, stride, size, top: crop.top, left: crop.left };
    }
    case "batchNorm":
      return { kind: "scale", ...shapes };
    case "layerNorm":
      return { kind, ...shapes, epsilon: operation.epsilon };
    case "minibatchDiscrimination": {
      const { kernels, dimensions } = operation;
      return { kind, ...shapes, kernels, dimensions };
    }
    case "leakyRelu":
    case "elu":
      return { kind, ...shapes, alpha: operation.alpha };
    case "maxPool":
    case "averagePool":
    case "upsample":
      return { kind, ...shapes, size: operation.size };
    case "joinLabels":
      return { kind, ...shapes, classes: operation.classes };
    case "dense":
    case "relu":
    case "tanh":
    case "sigmoid":
    case "reshape":
      return { kind, ...shapes };
  }
}

/** With moving statistics, normalising is one factor and one summand a channel. */
function scaleOf({ weights, epsilon }: OperationOf<"batchNorm">): Record<string, HostTensor> {
  const { gamma, beta, mean, variance } = weights;
  const factor = (channel: number) =>
    (gamma.values[channel] ?? 0) / Math.sqrt((variance.values[channel] ?? 0) + epsilon);
  const scale = gamma.values.map((_, channel) => factor(channel));
  const shift = beta.values.map(
    (value, channel) => value - (mean.values[channel] ?? 0) * factor(channel),
  );
  return {
    scale: { shape: gamma.shape, values: scale },
    shift: { shape: beta.shape, values: shift },
  };
}
