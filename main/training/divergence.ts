/** What ends a run whose numbers are no longer finite; its last checkpoint is from before that. */
import { Problem } from "../spec/problem.ts";
import type { HostTensors } from "../engine/tensors.ts";

export const divergence = (step: number): Problem =>
  new Problem(
    "run.diverged",
    `Training diverged at step ${step.toLocaleString("en")}: a loss, a gradient or a weight is no longer a finite number. The last checkpoint is kept. Start a new run like this with smaller learning rates.`,
  );

export const isDivergence = (thrown: unknown): boolean =>
  thrown instanceof Problem && thrown.code === "run.diverged";

/** Throws `run.diverged`: losses tell a spoilt state one step late, and a checkpoint must not be of one. */
export function requireFinite(state: HostTensors, step: number): void {
  for (const { values } of Object.values(state)) {
    const { length } = values;
    // Infinity − Infinity and NaN − NaN are NaN, all other differences 0. By index, since millions of
    // numbers are looked at while training waits: «of» takes eight times as long.
    let sum = 0;
    for (let i = 0; i < length; i++) {
      const value = values[i] as number;
      sum += value - value;
    }
    if (sum !== 0) throw divergence(step);
  }
}
