/** The trainer for a run: compiled where TensorFlow computes and the step can be a graph, else eager. */
import * as tf from "@tensorflow/tfjs-core";
import { eagerTrainer } from "./eager-trainer.ts";
import type { Gan } from "./gan.ts";
import type { HostTensors } from "./tensors.ts";
import type { Trainer } from "./trainer.ts";

/** How a trainer's steps run: compiled in so many milliseconds, or eager, with the reason as a sentence. */
export type Compilation =
  { mode: "compiled"; milliseconds: number } | { mode: "eager"; reason: string };

export interface TrainerRequest {
  eager: boolean;
  /** The batch sizes of every kind of step that will be asked for. */
  batchSizes: readonly (readonly number[])[];
  /** Images of the sheet that will be asked for again and again. */
  sheet: number;
}

/** On tfjs's current engine. `state` continues a run. Throws `engine.memory` and `engine.failed`. */
export async function createTrainer(
  gan: Gan,
  state: HostTensors | undefined,
  { eager, ...options }: TrainerRequest,
): Promise<{ trainer: Trainer; compilation: Compilation }> {
  const without = (reason: string) => ({
    trainer: eagerTrainer(gan, state),
    compilation: { mode: "eager" as const, reason },
  });
  if (eager) return without("Compiling was switched off.");
  if (tf.getBackend() !== "tensorflow") return without("Only TensorFlow compiles steps.");
  const { compiledTrainer } = await import("./compile/compiled-trainer.ts");
  const { Untraceable } = await import("./compile/untraceable.ts");
  const begun = performance.now();
  try {
    const trainer = compiledTrainer(gan, state, options);
    return { trainer, compilation: { mode: "compiled", milliseconds: performance.now() - begun } };
  } catch (thrown) {
    if (!(thrown instanceof Untraceable)) throw thrown;
    return without(`The step cannot be compiled: ${thrown.message}.`);
  }
}
