/**
 * Kernels that tfjs-node lacks, as calls of TensorFlow's own. The random ones draw natively and from
 * a seed: tfjs's draw in JavaScript, upload, and would freeze into constants in a traced graph.
 */
import * as tf from "@tensorflow/tfjs-core";
import { randomNormalKernel, randomUniformKernel } from "../ops/random-kernels.ts";
import { isRegistered } from "./registry.ts";

/** The part of tfjs-node's backend that we call. */
export interface NativeBackend {
  binding: { TF_ATTR_TYPE: number; TF_FLOAT: number; TF_INT32: number };
  executeSingleOutput(name: string, attributes: object[], inputs: tf.TensorInfo[]): tf.TensorInfo;
}

interface RandomArguments {
  inputs: tf.NamedTensorInfoMap;
  attrs?: tf.NamedAttrMap;
  backend: unknown;
}

function drawNatively(operation: string) {
  return ({ inputs, attrs, backend }: RandomArguments): tf.TensorInfo => {
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

export function registerTensorFlowKernels(): void {
  for (const kernelName of [randomUniformKernel, randomNormalKernel]) {
    if (isRegistered(kernelName, "tensorflow")) continue;
    tf.registerKernel({
      kernelName,
      backendName: "tensorflow",
      kernelFunc: drawNatively(kernelName),
    });
  }
}
