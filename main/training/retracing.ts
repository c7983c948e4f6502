/**
 * The trainer of a run whose steps change their kind: a compiled step is traced for its number of
 * discriminator updates, so another number needs another trainer, which goes on from the same state.
 */
import type { Compilation } from "../engine/create-trainer.ts";
import type { HostTensors } from "../engine/tensors.ts";
import type { Trainer } from "../engine/trainer.ts";
import type { FromSession } from "./messages.ts";
import type { Stretch } from "./position.ts";

interface Made {
  trainer: Trainer;
  compilation: Compilation;
}

type RetracingMessage = Extract<FromSession, { type: "tracing" | "traced" }>;

export interface Retracing {
  compilation: Compilation;
  trainerFor: (stretch: Stretch) => Promise<Trainer>;
  dispose(): void;
}

/** `make` starts from `state`, or anew without one; `tell` hears of every other trainer but the first. */
export async function createRetracing(
  make: (state: HostTensors | undefined, stretch: Stretch) => Promise<Made>,
  state: HostTensors | undefined,
  first: Stretch,
  tell: (message: RetracingMessage) => void,
): Promise<Retracing> {
  const { trainer, compilation } = await make(state, first);
  let now: Trainer | null = trainer;
  let tracedFor = first.discriminatorSteps;
  return {
    compilation,
    async trainerFor(stretch) {
      if (!now) throw new Error("the trainer is gone");
      if (stretch.discriminatorSteps === tracedFor) return now;
      tell({ type: "tracing" });
      const reached = await now.read();
      // Before the next is made: a GPU may not have room for both.
      now.dispose();
      now = null;
      const made = await make(reached, stretch);
      now = made.trainer;
      tracedFor = stretch.discriminatorSteps;
      tell({ type: "traced", compilation: made.compilation });
      return now;
    },
    dispose: () => now?.dispose(),
  };
}
