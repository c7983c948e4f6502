/** What is missing or doubtful about an evaluation, in sentences. */
import type { Protocol } from "../spec/evaluation.ts";

/** Of stacked MNIST's modes (Srivastava et al. 2017; Lin et al. 2018). */
const publishedCount = 26_000;

/** Below it a labelled set's classifier is said to be weak. */
const goodAccuracy = 0.99;

/** Of `count` images on both sides, where `asked` were asked for. */
export function remarksOf(
  asked: number,
  count: number,
  { network, accuracy, heldOut, size }: Protocol["features"],
  { hasHeldOut, isStacked }: { hasHeldOut: boolean; isStacked: boolean },
): string[] {
  const remarks: string[] = [];
  if (count < asked) {
    remarks.push(
      `The run was trained on ${count.toLocaleString("en")} images, so that so many were compared, not ${asked.toLocaleString("en")}.`,
    );
  }
  if (count <= 2 * size) {
    remarks.push(
      `${count.toLocaleString("en")} images are few for ${size} features: the Fréchet distance is far too large. Use thousands.`,
    );
  }
  if (network === "file") {
    remarks.push(
      "The features are those of the file that was named, so that nothing is told of classes; an evaluation without it tells that.",
    );
  } else if (network === "random") {
    remarks.push(
      "The data set has no labels: its features are those of a random network, and nothing is told of classes.",
    );
  } else if (accuracy !== null && !(accuracy >= goodAccuracy)) {
    remarks.push(
      `The classifier names ${(100 * accuracy).toFixed(1)} % of ${heldOut.toLocaleString("en")} held-out images rightly; what is told of classes is as uncertain.`,
    );
  }
  if (isStacked && count !== publishedCount) {
    remarks.push(
      `Published tables count modes among ${publishedCount.toLocaleString("en")} images; ask for as many to compare.`,
    );
  }
  if (!hasHeldOut) {
    remarks.push(
      "No images were kept aside from training, so that memorisation cannot be told. Keep some for validation.",
    );
  }
  return remarks;
}
