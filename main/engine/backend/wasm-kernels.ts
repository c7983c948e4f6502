/**
 * Kernels that tfjs's WebAssembly backend lacks: seeded random numbers (the same Philox stream that
 * TensorFlow draws) and the gradient of a convolution with respect to its kernel.
 */
import * as tf from "@tensorflow/tfjs-core";
import { normal, uniform, type Seed } from "../../random/philox.ts";
import { randomNormalKernel, randomUniformKernel } from "../ops/random-kernels.ts";
import { isRegistered } from "./registry.ts";

interface KernelArguments {
  inputs: tf.NamedTensorInfoMap;
  attrs?: tf.NamedAttrMap;
  backend: unknown;
}

interface HostBackend {
  readSync(dataId: tf.DataId): Int32Array;
}

type Draw = (seed: Seed, count: number) => Float32Array;

const drawOnHost =
  (draw: Draw) =>
  ({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo => {
    const shape = attrs?.shape as number[];
    const seed = inputs.seed as tf.TensorInfo;
    const [high = 0, low = 0] = (backend as HostBackend).readSync(seed.dataId);
    return tf.tensor(draw([high, low], tf.util.sizeFromShape(shape)), shape, "float32");
  };

/**
 * ∂L/∂kernel of a convolution is itself a convolution: of the input with channels and batch
 * exchanged, by the output's gradient as a kernel, strides and dilations exchanged.
 */
function convolutionFilterGradient({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as {
    strides: [number, number] | number;
    pad: "same" | "valid" | number;
    filterShape: [number, number, number, number];
  };
  return tf.tidy(() => {
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
    const { top, bottom, left, right } = info.padInfo;
    const byChannel = tf.transpose(asTensor(x), [3, 1, 2, 0]);
    const padded = tf.pad(byChannel, [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const kernel = tf.transpose(asTensor(dy), [1, 2, 0, 3]);
    const dilations: [number, number] = [info.strideHeight, info.strideWidth];
    const full = tf.conv2d(padded, kernel, 1, "valid", "NHWC", dilations);
    // Rows that the stride never reached would otherwise appear as extra kernel rows.
    const cut = tf.slice(full, [0, 0, 0, 0], [-1, filterShape[0], filterShape[1], -1]);
    return tf.transpose(cut, [1, 2, 0, 3]);
  });
}

/** Kernels get bare tensor infos; operations want tensors, which tfjs hands over in fact. */
const asTensor = (info: tf.Tensor4D): tf.Tensor4D => info;

/**
 * The gradient of max pooling over non-overlapping windows: each window's goes to its first largest
 * value. The kernel of tfjs 4.22 picks wrong places for some sizes (4×4×3 pooled by 2, for one), so
 * this one takes its place.
 */
function maxPoolGradient({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo {
  const { dy, input } = inputs as unknown as { dy: tf.Tensor4D; input: tf.Tensor4D };
  const size = attrs?.filterSize as number;
  const host = backend as { readSync(dataId: tf.DataId): Float32Array };
  const [batch, height, width, channels] = input.shape;
  const [, rows, columns] = dy.shape;
  const x = host.readSync(input.dataId);
  const upstream = host.readSync(dy.dataId);
  const gradient = new Float32Array(x.length);
  let out = 0;
  for (let image = 0; image < batch; image++) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        const corner = ((image * height + row * size) * width + column * size) * channels;
        for (let channel = 0; channel < channels; channel++, out++) {
          let best = corner + channel;
          for (let y = 0; y < size; y++) {
            for (let cell = 0; cell < size; cell++) {
              const at = corner + channel + (y * width + cell) * channels;
              if ((x[at] as number) > (x[best] as number)) best = at;
            }
          }
          gradient[best] = upstream[out] as number;
        }
      }
    }
  }
  return tf.tensor(gradient, input.shape, "float32");
}

/** Once a process. */
export function registerWasmKernels(): void {
  if (isRegistered(randomUniformKernel, "wasm")) return;
  tf.unregisterKernel("MaxPoolGrad", "wasm");
  const kernels: [string, (parameters: KernelArguments) => tf.TensorInfo][] = [
    [randomUniformKernel, drawOnHost(uniform)],
    [randomNormalKernel, drawOnHost(normal)],
    ["Conv2DBackpropFilter", convolutionFilterGradient],
    ["MaxPoolGrad", maxPoolGradient],
  ];
  for (const [kernelName, kernelFunc] of kernels) {
    tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
  }
}
