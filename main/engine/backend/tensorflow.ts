/** Native TensorFlow through tfjs-node-gpu's binding, with the kernels that we add to it. */
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import "./node-compatibility.ts";
import * as tf from "@tensorflow/tfjs-core";
import type { Backend } from "./description.ts";
import { registerTensorFlowKernels, type NativeBackend } from "./tensorflow-kernels.ts";

/** Throws when the binding or the library is missing or does not load. */
export async function loadTensorFlow(): Promise<Backend> {
  if (process.env.GAN_STUDIO_TENSORFLOW === "none") {
    throw new Error("it is switched off by GAN_STUDIO_TENSORFLOW=none");
  }
  const require = createRequire(import.meta.url);
  const native = require("@tensorflow/tfjs-node-gpu") as { version: Record<string, string> };
  registerTensorFlowKernels();
  await tf.setBackend("tensorflow");
  await tf.ready();
  const backend = tf.backend() as unknown as NativeBackend & { isUsingGpuDevice: boolean };
  const library = (backend.binding as unknown as { TF_Version?: string }).TF_Version;
  return {
    name: "tensorflow",
    version: `TensorFlow ${library ?? native.version["tfjs-node"] ?? ""}`.trim(),
    device: backend.isUsingGpuDevice ? "GPU" : "CPU",
    threads: availableParallelism(),
  };
}
