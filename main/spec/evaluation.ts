/**
 * What evaluating a generator says: values with their intervals, and the protocol that they were
 * measured by. Values of different protocols must not be compared: each number of images and each set
 * of features has a scale of its own.
 */

/** A value with its 95 % interval over other images of the same generator. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

interface MetricFacts {
  title: string;
  /** Which way is better; null where neither is, or the best is a value in between. */
  better: "lower" | "higher" | null;
  /** One sentence for a learner. */
  meaning: string;
}

export const metrics = {
  frechetDistance: {
    title: "Fréchet distance",
    better: "lower",
    meaning:
      "How far generated and real images lie apart, from the means and spreads of their features; not the FID of the literature, whose features are others.",
  },
  kernelDistance: {
    title: "Kernel distance",
    better: "lower",
    meaning:
      "How far the two lie apart by a polynomial kernel of their features; without bias, so that it may fall below 0 for equal sets.",
  },
  precision: {
    title: "Precision",
    better: "higher",
    meaning: "The share of generated images that lie among the real ones.",
  },
  recall: {
    title: "Recall",
    better: "higher",
    meaning: "The share of real images that lie among the generated ones.",
  },
  density: {
    title: "Density",
    better: "higher",
    meaning: "How thickly real images lie around a generated one; 1 is as among real images.",
  },
  coverage: {
    title: "Coverage",
    better: "higher",
    meaning: "The share of real images with a generated one nearby.",
  },
  classifierScore: {
    title: "Classifier score",
    better: "higher",
    meaning:
      "From 1 to the number of classes: how clear each image's class is, and how evenly the classes are drawn.",
  },
  classCoverage: {
    title: "Class coverage",
    better: "higher",
    meaning: "The share of the data's classes that are drawn at all.",
  },
  classEntropy: {
    title: "Class entropy",
    better: "higher",
    meaning: "How evenly classes are drawn, in nats; all alike give the logarithm of their number.",
  },
  reverseDivergence: {
    title: "Reverse KL divergence",
    better: "lower",
    meaning: "How far the shares of the drawn classes are from those of the data.",
  },
  confidence: {
    title: "Confidence",
    better: "higher",
    meaning: "How sure the classifier is of an image's class, on average.",
  },
  modes: {
    title: "Modes",
    better: "higher",
    meaning: "How many of the data's classes are drawn at all.",
  },
  memorisation: {
    title: "Memorisation",
    better: null,
    meaning:
      "How often a generated image is nearer to a training image than a held-out one is: 0.5 is how new images are, 1 means copies.",
  },
  diversity: {
    title: "Diversity of the grid",
    better: "higher",
    meaning:
      "How different the images of the fixed grid are from each other; 1 is as real ones are, 0 one image over and over.",
  },
} as const satisfies Record<string, MetricFacts>;

export type Metric = keyof typeof metrics;

export const metricNames = Object.keys(metrics) as Metric[];

/** All that two values must have in common to be compared. */
export interface Protocol {
  /** GAN Studio's version. */
  product: string;
  /** Of the way of computing; raised when the same images would give other values. */
  version: number;
  /** Generated images, and as many real ones. */
  images: number;
  /** Where the real images are from, and a fingerprint of the data set. */
  real: { split: "training"; data: string };
  features: {
    /** Trained on the data set's labels, random where it has none, or a file that was named. */
    network: "classifier" | "random" | "file";
    /** Fingerprint of its weights, or of the file's bytes. */
    hash: string;
    /** Share of held-out images that it names rightly, and how many these were; null for others. */
    accuracy: number | null;
    heldOut: number;
    /** Numbers of one image's features. */
    size: number;
  };
  /** Of the drawn noise, of the choice of real images, and of the intervals. */
  seed: number;
}

export interface Evaluation {
  step: number;
  epoch: number;
  protocol: Protocol;
  /** Those that the data set allows. */
  values: Partial<Record<Metric, Estimate>>;
  /** What is missing or doubtful, as sentences. */
  remarks: string[];
  seconds: number;
}

/** How far an evaluation is. */
export interface EvaluationProgress {
  stage: "classifier" | "real" | "generating" | "comparing";
  done: number;
  total: number;
  /** Which checkpoint of how many, from 1; 0 before the first. */
  checkpoint: number;
  checkpoints: number;
}

/** Values of protocols with the same key may be compared. The accuracy follows from the hash. */
export const protocolKey = ({ version, images, real, features, seed }: Protocol): string =>
  [version, images, real.split, real.data, features.network, features.hash, seed].join("/");

/** All that something was measured by, each once. */
export const protocolsOf = (evaluations: readonly Evaluation[]): Protocol[] => [
  ...new Map(evaluations.map(({ protocol }) => [protocolKey(protocol), protocol])).values(),
];

/**
 * The best of several by a metric, or null where none has a finite value: only of those that share the
 * newest one's protocol. Of equals the first.
 */
export function bestEvaluation(
  evaluations: readonly Evaluation[],
  metric: Metric,
): Evaluation | null {
  const { better } = metrics[metric];
  const newest = evaluations.at(-1);
  if (better === null || newest === undefined) return null;
  const key = protocolKey(newest.protocol);
  let best: Evaluation | null = null;
  for (const evaluation of evaluations) {
    const value = evaluation.values[metric]?.value;
    if (value === undefined || !Number.isFinite(value)) continue;
    if (protocolKey(evaluation.protocol) !== key) continue;
    const champion = best?.values[metric]?.value;
    const isBetter =
      champion === undefined || (better === "lower" ? value < champion : value > champion);
    if (isBetter) best = evaluation;
  }
  return best;
}
