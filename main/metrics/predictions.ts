/** What a classifier says of a set of images: a probability for each class. */

export interface Predictions {
  /** [images, classes], row after row. */
  probabilities: Float32Array;
  classes: number;
}

export const countOfPredictions = ({ probabilities, classes }: Predictions): number =>
  probabilities.length / classes;

/** The most probable class of each image, and its probability. */
export function bestOf({ probabilities, classes }: Predictions): {
  best: Uint32Array;
  confidence: Float64Array;
} {
  const count = probabilities.length / classes;
  const best = new Uint32Array(count);
  const confidence = new Float64Array(count);
  for (let image = 0; image < count; image++) {
    const at = image * classes;
    for (let c = 1; c < classes; c++) {
      const isMore =
        (probabilities[at + c] as number) > (probabilities[at + (best[image] as number)] as number);
      if (isMore) best[image] = c;
    }
    confidence[image] = probabilities[at + (best[image] as number)] as number;
  }
  return { best, confidence };
}

/**
 * Of stacks of `height` images, whose predictions stand side by side, one number for each combination
 * of most probable classes: 0 to classes^height − 1.
 */
export function modesOf(
  { probabilities, classes }: Predictions,
  height: number,
): { modes: Uint32Array; possible: number } {
  const { best } = bestOf({ probabilities, classes });
  const modes = new Uint32Array(best.length / height);
  for (const [i, label] of best.entries()) {
    const stack = Math.floor(i / height);
    modes[stack] = (modes[stack] as number) * classes + label;
  }
  return { modes, possible: classes ** height };
}

/** Shares of the classes among the images at these places, or all. */
export function sharesOf(
  best: Uint32Array,
  classes: number,
  places: ArrayLike<number> | null = null,
): Float64Array {
  const count = places?.length ?? best.length;
  const found = new Float64Array(classes);
  for (let i = 0; i < count; i++) {
    const c = best[places ? (places[i] as number) : i] as number;
    found[c] = (found[c] as number) + 1;
  }
  // Not summed as shares: so those of one class are 1, and its entropy 0.
  return found.map((images) => images / count);
}
