/**
 * Chooses and loads what computes: native TensorFlow where its library is installed, else
 * WebAssembly, which runs wherever Node does. Neither is loaded before it is asked for.
 */
import { Problem } from "../../spec/problem.ts";
import type { Backend, EngineChoice } from "./description.ts";

export type { Backend, EngineChoice, EngineName } from "./description.ts";

/** Makes the engine of that name tfjs's current one. Throws `engine.unavailable` with the cure. */
export async function loadBackend(choice: EngineChoice): Promise<Backend> {
  if (choice === "wasm") return loadWasm();
  try {
    const { loadTensorFlow } = await import("./tensorflow.ts");
    return await loadTensorFlow();
  } catch (thrown) {
    if (choice === "auto") return loadWasm();
    const reason = thrown instanceof Error ? thrown.message.split("\n")[0] : String(thrown);
    throw new Problem(
      "engine.unavailable",
      `The TensorFlow engine cannot be loaded (${reason ?? "no reason given"}). Use the engine «wasm», or run «doctor», which says what is missing.`,
      { cause: thrown },
    );
  }
}

async function loadWasm(): Promise<Backend> {
  const { loadWasm: load } = await import("./wasm.ts");
  return load();
}
