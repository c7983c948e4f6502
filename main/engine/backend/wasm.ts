/** The portable engine: tfjs's WebAssembly backend with the kernels that it lacks. */
// Under Node, tfjs-core comes without gradients; the whole package registers them.
import "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import type { Backend } from "./description.ts";
import { registerWasmKernels } from "./wasm-kernels.ts";

export async function loadWasm(): Promise<Backend> {
  if (!(await tf.setBackend("wasm"))) throw new Error("the WebAssembly backend does not start");
  await tf.ready();
  // After the start: it is then that the backend's own kernels, which ours build on, are set up.
  registerWasmKernels();
  return { name: "wasm", version: "WebAssembly, portable", device: "CPU", threads: 1 };
}
