/**
 * The losses of Goodfellow et al. 2014 and their relatives, on logits or on probabilities.
 *
 * On logits a, −label · log D − (1 − label) · log(1 − D) is softplus(a) − label · a, which neither
 * overflows nor takes the logarithm of 0. On probabilities each logarithm is held above −100, as
 * PyTorch's BCELoss does.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LossOf } from "../../spec/losses.ts";
import { sigmoid, softplus } from "../ops/activation.ts";
import { heldLog } from "../ops/held-log.ts";
import type { LossFunctions } from "./loss.ts";

type On = "logits" | "probabilities";

const onLogits = (answers: tf.Tensor, label: number): tf.Tensor => {
  const loss = softplus(answers);
  return label === 0 ? loss : tf.sub(loss, tf.mul(answers, label));
};

const onProbabilities = (answers: tf.Tensor, label: number): tf.Tensor => {
  const real = tf.mul(heldLog(answers), -label);
  const generated = tf.mul(heldLog(tf.sub(1, answers)), label - 1);
  return tf.add(real, generated);
};

const crossEntropy = (on: On) => (on === "logits" ? onLogits : onProbabilities);

const scoreOf = (on: On): LossFunctions["score"] =>
  on === "logits" ? sigmoid : (answers) => answers;

export function binaryCrossEntropy(
  loss: Omit<LossOf<"binaryCrossEntropy">, "kind" | "terms" | "flipRate">,
): LossFunctions {
  const term = crossEntropy(loss.on);
  return {
    real: (answers) => term(answers, loss.realLabel),
    generated: (answers) => term(answers, loss.fakeLabel),
    generator: (answers) => term(answers, loss.generatorLabel),
    score: scoreOf(loss.on),
  };
}

/** The generator descends −log D(G(z)): cross-entropy with hard labels. */
export const nonSaturating = ({ on }: { on: On }): LossFunctions =>
  binaryCrossEntropy({ on, realLabel: 1, fakeLabel: 0, generatorLabel: 1 });

/** The original game of two players: the generator descends log(1 − D(G(z))) itself. */
export function minimax({ on }: { on: On }): LossFunctions {
  const game = nonSaturating({ on });
  return { ...game, generator: (answers) => tf.neg(game.generated(answers)) };
}
