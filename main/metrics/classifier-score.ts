/**
 * exp E KL(p(y|x) ‖ p(y)) over the classifier's predictions for generated images: 1 where all look
 * alike or none is clear, at most the number of classes. The Inception Score (Salimans et al. 2016,
 * «Improved techniques for training GANs», section 4) with a classifier of the data set itself, as one
 * has to (Barratt and Sharma 2018); over all images at once, without the paper's ten splits.
 */
import type { Estimate } from "../spec/evaluation.ts";
import { centredInterval } from "./bootstrap.ts";
import { countOfPredictions, type Predictions } from "./predictions.ts";

export function classifierScore(predictions: Predictions, seed: number): Estimate {
  const count = countOfPredictions(predictions);
  // Once: minus the entropy of each image's prediction.
  const certainty = certainties(predictions);
  const score = (places: ArrayLike<number> | null): number => {
    const { probabilities, classes } = predictions;
    const marginal = new Float64Array(classes);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const image = places ? (places[i] as number) : i;
      sum += certainty[image] as number;
      for (let c = 0; c < classes; c++) {
        marginal[c] = (marginal[c] as number) + (probabilities[image * classes + c] as number);
      }
    }
    return Math.exp(sum / count - sumOfPLogP(marginal.map((total) => total / count)));
  };
  const value = score(null);
  // Resampling draws classes less evenly, and so a lower score.
  const { low, high } = centredInterval(value, count, seed, score);
  const { classes } = predictions;
  return {
    value,
    low: Math.max(Math.min(1, value), low),
    high: Math.min(Math.max(classes, value), high),
  };
}

const pLogP = (p: number): number => (p > 0 ? p * Math.log(p) : 0);

const sumOfPLogP = (values: Float64Array): number => values.reduce((sum, p) => sum + pLogP(p), 0);

function certainties({ probabilities, classes }: Predictions): Float64Array {
  const sums = new Float64Array(probabilities.length / classes);
  for (let i = 0; i < probabilities.length; i++) {
    const image = Math.floor(i / classes);
    sums[image] = (sums[image] as number) + pLogP(probabilities[i] as number);
  }
  return sums;
}
