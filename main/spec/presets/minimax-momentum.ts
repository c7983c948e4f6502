/** The original game, move by move: minimax loss, gradient descent with momentum. */
import type { OptimizerOf } from "../optimizers.ts";
import type { Preset } from "./preset.ts";
import { vanillaMlp } from "./vanilla-mlp.ts";

/**
 * The step size was tried, both networks alike, five epochs of MNIST: with 0.01 the discriminator wins for
 * good, from 0.02 digits form, clearest with 0.04; 0.05, 0.1 and 0.3 diverge within three epochs. A
 * discriminator that learns ten times as slowly (0.01 and 0.003 against 0.1) wins all the same.
 */
const momentum: OptimizerOf<"sgd"> = {
  kind: "sgd",
  learningRate: 0.04,
  momentum: 0.5,
  nesterov: false,
  schedule: { kind: "constant" },
};

export const minimaxMomentum: Preset = {
  id: "minimax-momentum",
  title: "Minimax, the original game",
  summary:
    "Algorithm 1 of the first GAN paper: the generator descends log(1 − D(G(z))) itself, by gradient descent with momentum. " +
    "Its gradient flattens when the discriminator wins, which is worth seeing once.",
  source: "Goodfellow et al. 2014",
  specification: {
    ...vanillaMlp.specification,
    preset: "minimax-momentum",
    loss: { kind: "minimax", on: "logits", terms: "sum", flipRate: 0 },
    optimizers: { generator: momentum, discriminator: momentum },
  },
};
