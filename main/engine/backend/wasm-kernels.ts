/**
 * Kernels that tfjs's WebAssembly backend lacks, or has but slow or wrong: seeded random numbers
 * (the same Philox stream that TensorFlow draws), matrix products, gradients of convolutions and
 * of max pooling.
 */
import * as tf from "@tensorflow/tfjs-core";
import { normal, uniform, type Seed } from "../../random/philox.ts";
import { randomNormalKernel, randomUniformKernel } from "../ops/random-kernels.ts";
import { isRegistered } from "./registry.ts";
import { convolutionFilterGradient, convolutionInputGradient } from "./wasm-convolution.ts";

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

/**
 * The backend multiplies quickly only what need not be transposed (XNNPACK), and falls back to a
 * plain loop otherwise, which every gradient would take; transposing first is ten times faster.
 */
function matrixProduct(multiply: tf.KernelFunc): tf.KernelFunc {
  return (parameters) => {
    const { transposeA, transposeB } = parameters.attrs as unknown as {
      transposeA: boolean;
      transposeB: boolean;
    };
    if (!transposeA && !transposeB) return multiply(parameters);
    const { a, b } = parameters.inputs as { a: tf.Tensor; b: tf.Tensor };
    const turned = (x: tf.Tensor, turn: boolean) => {
      const axes = x.shape.map((_, axis) => axis);
      return turn ? tf.transpose(x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]) : x;
    };
    return tf.tidy(() => {
      const inputs = { a: turned(a, transposeA), b: turned(b, transposeB) };
      const attrs = { transposeA: false, transposeB: false };
      return tf.engine().runKernel("BatchMatMul", inputs, attrs);
    });
  };
}

/** Once a process. */
export function registerWasmKernels(): void {
  if (isRegistered(randomUniformKernel, "wasm")) return;
  const multiply = tf.getKernel("BatchMatMul", "wasm").kernelFunc;
  const kernels: [string, tf.KernelFunc][] = [
    [randomUniformKernel, drawOnHost(uniform)],
    [randomNormalKernel, drawOnHost(normal)],
    ["BatchMatMul", matrixProduct(multiply)],
    ["Conv2DBackpropFilter", convolutionFilterGradient],
    ["Conv2DBackpropInput", convolutionInputGradient],
    ["MaxPoolGrad", maxPoolGradient],
  ];
  for (const [kernelName, kernelFunc] of kernels) {
    if (isRegistered(kernelName, "wasm")) tf.unregisterKernel(kernelName, "wasm");
    tf.registerKernel({ kernelName, backendName: "wasm", kernelFunc });
  }
}
