/** Which game each system of the reference files plays; networks and sizes stand in the files. */
import type { Optimizer } from "../../main/spec/optimizers.ts";
import { presetOf } from "../../main/spec/presets.ts";
import type { Game } from "./reference.ts";

const nesterov: Optimizer = {
  ...{ kind: "sgd", learningRate: 0.05, momentum: 0.5, nesterov: true },
  schedule: { kind: "constant" },
};

/** What no preset uses: R1, weight penalties, Nesterov's momentum. */
const hingeR1: Game = {
  loss: { kind: "hinge", terms: "sum", flipRate: 0 },
  regularizers: [
    { kind: "r1", weight: 10 },
    { kind: "weightPenalty", network: "generator", norm: "l1", weight: 0.01 },
    { kind: "weightPenalty", network: "discriminator", norm: "l2", weight: 0.02 },
  ],
  generator: nesterov,
  discriminator: nesterov,
};

const momentum: Optimizer = { ...nesterov, nesterov: false };

/** The preset's game, except where the files differ from it. */
export function gameOf(system: string): Game {
  if (system === "hinge-r1") return hingeR1;
  const { loss, regularizers, conditioning, optimizers, loop } = presetOf(system).specification;
  const { generatorNoise } = loop;
  const game = { loss, regularizers, conditioning, generatorNoise, ...optimizers };
  if (system === "cdcgan")
    return { ...game, conditioning: { classes: 3, discriminator: "channels" } };
  if (system === "minimax-momentum")
    return { ...game, generator: momentum, discriminator: momentum };
  return game;
}
