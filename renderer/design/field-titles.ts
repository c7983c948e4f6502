/** What fields and their choices are called on the page. A name that is not listed is spelled out. */

const titles: Readonly<Record<string, string>> = {
  augmentation: "Changes to real images",
  alpha: "Slope below 0",
  beta1: "Beta 1",
  beta2: "Beta 2",
  classes: "Classes",
  decay: "Decay",
  discriminator: "Discriminator gets it as",
  discriminatorSteps: "D updates a step",
  endFactor: "End factor",
  epsilon: "Epsilon",
  evaluateEvery: "Evaluate every (epochs)",
  fakeLabel: "Label of generated",
  fixedSamples: "Samples shown",
  features: "Features from a file",
  flip: "Flip left and right",
  flipRate: "Labels swapped",
  generatorLabel: "Generator's target",
  generatorNoise: "Generator's noise",
  kernels: "Kernels",
  largest: "Largest scale",
  lastBatch: "Last, smaller batch",
  measureEvery: "Measure every",
  milestones: "After epochs",
  on: "Discriminator gives",
  realLabel: "Label of real",
  rotation: "Rotation up to (°)",
  sampleAtSteps: "Also sample at steps",
  smallest: "Smallest scale",
  standardDeviation: "Standard deviation",
  steps: "Ends at step",
  stopAfter: "Epochs without improvement",
  stopWhenDiverged: "Stop when it diverges",
  terms: "Real and fake terms",
  training: "Images to train on",
  translation: "Shift up to (pixels)",
  validation: "Images kept aside",
  offset: "Images left out first",
};

const choices: Readonly<Record<string, string>> = {
  binaryCrossEntropy: "Cross-entropy",
  fanInUniform: "Fan-in uniform",
  glorotNormal: "Glorot normal",
  glorotUniform: "Glorot uniform",
  gradientPenalty: "Gradient penalty",
  heNormal: "He normal",
  heUniform: "He uniform",
  l1: "L1",
  l2: "L2",
  leastSquares: "Least squares",
  multiStep: "In steps",
  nonSaturating: "Non-saturating",
  oneHot: "One-hot vector",
  r1: "R1 penalty",
  rmsprop: "RMSprop",
  sgd: "SGD",
  affine: "Move, turn, scale, flip",
  weightClip: "Weight clipping",
  weightPenalty: "Weight penalty",
};

/** `kernelInitializer` → «Kernel initializer». */
const spelled = (name: string): string => {
  const words = name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** What it is called to give an optional number at all. */
const switches: Readonly<Record<string, string>> = {
  conditioning: "Tell both networks the class",
  generatorAverage: "Sample from an average of the generator",
  steps: "End at a step",
  evaluateEvery: "Evaluate while it trains",
  stopAfter: "Stop when it no longer improves",
  training: "Limit the images",
};

export const switchTitle = (name: string): string => switches[name] ?? fieldTitle(name);
export const fieldTitle = (name: string): string => titles[name] ?? spelled(name);
export const choiceTitle = (value: string | number): string =>
  typeof value === "number" ? value.toString() : (choices[value] ?? spelled(value));
