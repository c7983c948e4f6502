/** The portable engine: tfjs's WebAssembly backend with the kernels that it lacks. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-backend-wasm";
import type { Backend } from "./backend.ts";
import { registerWasmKernels } from "./wasm-kernels.ts";

export async function loadWasm(): Promise<Backend> {
  registerWasmKernels();
  if (!(await tf.setBackend("wasm"))) throw new Error("the WebAssembly backend does not start");
  await tf.ready();
  return { name: "wasm", version: "WebAssembly, portable", device: "CPU", threads: 1 };
}
