/**
 * Kernels that tfjs-node lacks, as calls of TensorFlow's own. The random ones draw natively and from
 * a seed: tfjs's draw in JavaScript, upload, and would freeze into constants in a traced graph.
 */
import * as tf from "@tensorflow/tfjs-core";
import { nativeKernels, type NativeKernel } from "../ops/native.ts";
import { randomNormalKernel, randomUniformKernel } from "../ops/random-kernels.ts";
import { isRegistered } from "./registry.ts";

/** The part of tfjs-node's backend that we call. */
export interface NativeBackend {
  binding: {
    TF_ATTR_TYPE: number;
    TF_ATTR_FLOAT: number;
    TF_ATTR_STRING: number;
    TF_ATTR_BOOL: number;
    TF_FLOAT: number;
    TF_INT32: number;
  };
  executeSingleOutput(name: string, attributes: object[], inputs: tf.TensorInfo[]): tf.TensorInfo;
  executeMultipleOutputs(
    name: string,
    attributes: object[],
    inputs: tf.TensorInfo[],
    outputs: number,
  ): tf.TensorInfo[];
}

interface KernelArguments {
  inputs: tf.NamedTensorInfoMap;
  attrs?: tf.NamedAttrMap;
  backend: unknown;
}

function drawNatively(operation: string) {
  return ({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo => {
    const native = backend as NativeBackend;
    const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = native.binding;
    const shape = tf.tensor1d(attrs?.shape as number[], "int32");
    const type = (name: string, value: number) => ({ name, type: TF_ATTR_TYPE, value });
    const drawn = native.executeSingleOutput(
      operation,
      [type("dtype", TF_FLOAT), type("T", TF_INT32), type("Tseed", TF_INT32)],
      [shape, inputs.seed as tf.TensorInfo],
    );
    shape.dispose();
    return drawn;
  };
}

/** Batch normalisation has a second element type, for its statistics. */
const typeNames = (operation: NativeKernel): string[] =>
  operation.startsWith("FusedBatchNorm") ? ["T", "U"] : ["T"];

function runNatively(operation: NativeKernel) {
  const { inputs: count, outputs } = nativeKernels[operation];
  return ({ inputs, attrs, backend }: KernelArguments): tf.TensorInfo[] => {
    const native = backend as NativeBackend;
    const { TF_ATTR_TYPE, TF_ATTR_FLOAT, TF_ATTR_STRING, TF_ATTR_BOOL, TF_FLOAT } = native.binding;
    const kinds = { number: TF_ATTR_FLOAT, string: TF_ATTR_STRING, boolean: TF_ATTR_BOOL };
    const attributes = Object.entries(attrs ?? {}).map(([name, value]) => ({
      ...{ name, type: kinds[typeof value as keyof typeof kinds], value },
    }));
    return native.executeMultipleOutputs(
      operation,
      [
        ...typeNames(operation).map((name) => ({ name, type: TF_ATTR_TYPE, value: TF_FLOAT })),
        ...attributes,
      ],
      Array.from({ length: count }, (_, place) => inputs[place.toString()] as tf.TensorInfo),
      outputs,
    );
  };
}

function register(
  kernelName: string,
  kernelFunc: (given: KernelArguments) => tf.TensorInfo | tf.TensorInfo[],
): void {
  if (isRegistered(kernelName, "tensorflow")) return;
  tf.registerKernel({ kernelName, backendName: "tensorflow", kernelFunc });
}

export function registerTensorFlowKernels(): void {
  for (const name of [randomUniformKernel, randomNormalKernel]) register(name, drawNatively(name));
  for (const name of Object.keys(nativeKernels) as NativeKernel[]) {
    register(name, runNatively(name));
  }
}
