/**
 * Binary cross-entropy (Goodfellow et al. 2014) with the generator's non-saturating form, and with
 * label smoothing (Salimans et al. 2016) through the labels.
 *
 * On logits a: softplus(a) − label · a, which neither overflows nor takes the logarithm of 0. On
 * probabilities p: −label · log p − (1 − label) · log(1 − p), each logarithm held above −100 as
 * PyTorch's BCELoss does.
 */
import * as tf from "@tensorflow/tfjs-core";
import type { LossOf } from "../../spec/losses.ts";
import { sigmoid, softplus } from "../ops/activation.ts";
import { heldLog } from "../ops/held-log.ts";
import { combineTerms, type LossFunctions } from "./loss.ts";

const onLogits = (answers: tf.Tensor, label: number): tf.Scalar => {
  const loss = softplus(answers);
  return tf.mean(label === 0 ? loss : tf.sub(loss, tf.mul(answers, label)));
};

const onProbabilities = (answers: tf.Tensor, label: number): tf.Scalar => {
  const real = tf.mul(heldLog(answers), -label);
  const generated = tf.mul(heldLog(tf.sub(1, answers)), label - 1);
  return tf.mean(tf.add(real, generated));
};

export function binaryCrossEntropy(loss: LossOf<"binaryCrossEntropy">): LossFunctions {
  const term = loss.on === "logits" ? onLogits : onProbabilities;
  return {
    real: (answers) => term(answers, loss.realLabel),
    generated: (answers) => term(answers, loss.fakeLabel),
    combine: combineTerms(loss.terms),
    generator: (answers) => term(answers, loss.generatorLabel),
    score: loss.on === "logits" ? sigmoid : (answers) => answers,
  };
}
