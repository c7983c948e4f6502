/**
 * What a learner may want to be told about a control or a figure: one place for all texts, shown by
 * HelpTip.svelte. Two or three sentences each; formulas name the paper that they are from.
 */

export interface HelpText {
  title: string;
  text: string;
  formula?: string;
  /** The paper, where there is one. */
  source?: string;
}

export const helpTexts = {
  learningRate: {
    title: "Learning rate",
    text: "How far the weights move in one update. Too large, and the losses leap or become no numbers; too small, and nothing is learnt. 0.0002 is usual for Adam.",
  },
  optimizer: {
    title: "Optimizer",
    text: "How a gradient becomes a change of the weights. Adam scales each weight's step by what its gradients were lately; SGD takes them as they are; RMSprop divides by their size.",
    source: "Adam: Kingma and Ba 2015",
  },
  beta1: {
    title: "Beta 1",
    text: "How much of the past stays in Adam's mean of the gradients. GANs often train more steadily with 0.5 than with the usual 0.9.",
    formula: "m ← β₁·m + (1 − β₁)·g",
    source: "Kingma and Ba 2015; 0.5 for GANs: Radford et al. 2016",
  },
  beta2: {
    title: "Beta 2",
    text: "How much of the past stays in Adam's mean of the squared gradients. Closer to 1 changes the size of the steps more slowly.",
    formula: "v ← β₂·v + (1 − β₂)·g²",
    source: "Kingma and Ba 2015",
  },
  epsilon: {
    title: "Epsilon",
    text: "A small number below the line, so that nothing is divided by 0 where gradients are tiny. Seldom worth changing.",
    formula: "step = rate · m̂ / (√v̂ + ε)",
  },
  momentum: {
    title: "Momentum",
    text: "How much of the last update goes on in this one. In a game of two networks much of it can make them circle around each other.",
  },
  schedule: {
    title: "Schedule",
    text: "How the learning rate changes with the epochs. A rate that falls lets both networks settle towards the end.",
  },
  batchSize: {
    title: "Batch size",
    text: "Images that one update learns from. Larger batches give calmer gradients and fewer updates an epoch; memory grows with them.",
  },
  epochs: {
    title: "Epochs",
    text: "One epoch shows every training image to the discriminator once. The grid of samples is drawn after each.",
  },
  seed: {
    title: "Seed",
    text: "The number that all chance follows from: first weights, noise, order of the images. The same seed on the same machine gives the same run to the last digit; other seeds show how much is luck.",
  },
  seeds: {
    title: "Several seeds",
    text: "Trains one run for each seed, one after the other, and shows their mean and spread. A difference between two settings that is smaller than this spread may be chance.",
  },
  discriminatorSteps: {
    title: "D updates a step (k, n_critic)",
    text: "How often the discriminator learns before the generator does once. 1 is usual; a Wasserstein critic wants to be ahead and takes about 5.",
    source: "k: Goodfellow et al. 2014; n_critic: Arjovsky et al. 2017",
  },
  latentSize: {
    title: "Latent size",
    text: "How many random numbers one image is made from. Too few cannot hold the variety of the data; more than about 100 seldom help small images.",
  },
  distribution: {
    title: "Distribution",
    text: "What the random numbers are drawn from. Normal noise is usual; uniform noise lies in a box, so that straight lines between two points stay inside it.",
  },
  minimax: {
    title: "Minimax",
    text: "The first formulation: both play for the same value. The generator's gradient vanishes when the discriminator is sure, so that it may stop learning early.",
    formula: "min_G max_D  E log D(x) + E log(1 − D(G(z)))",
    source: "Goodfellow et al. 2014",
  },
  nonSaturating: {
    title: "Non-saturating",
    text: "The generator makes its images likely instead of making them less unlikely: the same balance, and strong gradients when it loses.",
    formula: "L_G = −E log D(G(z))",
    source: "Goodfellow et al. 2014",
  },
  binaryCrossEntropy: {
    title: "Cross-entropy",
    text: "The non-saturating loss with labels of your own: 1 and 0, or softer ones.",
    formula: "L = −y·log D − (1 − y)·log(1 − D)",
    source: "Goodfellow et al. 2014; soft labels: Salimans et al. 2016",
  },
  leastSquares: {
    title: "Least squares",
    text: "Answers are drawn to labels by their squared distance. Images that fool the discriminator but lie far from the real ones still get a gradient.",
    formula: "L_D = ½E(D(x) − b)² + ½E(D(G(z)) − a)²",
    source: "Mao et al. 2017",
  },
  wasserstein: {
    title: "Wasserstein",
    text: "The critic's answers differ by how far the images lie apart, if it is kept from being too steep: add a gradient penalty or weight clipping.",
    formula: "L_D = E D(G(z)) − E D(x)",
    source: "Arjovsky et al. 2017",
  },
  hinge: {
    title: "Hinge",
    text: "Answers beyond 1 and −1 are good enough and give no gradient: the discriminator learns only from images that it is unsure of.",
    formula: "L_D = E max(0, 1 − D(x)) + E max(0, 1 + D(G(z)))",
    source: "Lim and Ye 2017",
  },
  labelSmoothing: {
    title: "Label of real (label smoothing)",
    text: "What the discriminator is told to answer for real images. 0.9 instead of 1 keeps it from being too sure; the label of generated ones stays at 0.",
    source: "Salimans et al. 2016",
  },
  fakeLabel: {
    title: "Label of generated",
    text: "What the discriminator is told to answer for generated images; 0 almost always. Above 0 it would be rewarded for keeping old mistakes.",
  },
  generatorLabel: {
    title: "Generator's target",
    text: "The answer that the generator wants for its images: usually the label of real ones.",
  },
  flipRate: {
    title: "Labels swapped",
    text: "Share of images that the discriminator is shown as the other kind. A little noise keeps it from winning outright.",
  },
  terms: {
    title: "Real and fake terms",
    text: "Whether the discriminator's loss is the sum of its two halves or their mean. The mean halves its loss and its gradient, as a smaller learning rate would.",
  },
  generatorNoise: {
    title: "Generator's noise",
    text: "Fresh noise for the generator's own update, or the noise of the batch that the discriminator has just seen, which saves a little time.",
  },
  generatorAverage: {
    title: "Average of the generator (EMA)",
    text: "Samples come from a moving mean of the generator's weights. It smooths the game's circling, so that images are calmer from epoch to epoch; training itself does not change.",
    formula: "w̄ ← d·w̄ + (1 − d)·w",
    source: "Yazıcı et al. 2019",
  },
  conditioning: {
    title: "Classes",
    text: "Both networks are told the class of each image, so that you can ask the generator for one.",
    source: "Mirza and Osindero 2014",
  },
  gradientPenalty: {
    title: "Gradient penalty (λ)",
    text: "Keeps the critic's slope near the target between real and generated images; the weight is the paper's λ, usually 10. Use no batch normalisation in the critic with it.",
    formula: "λ · E(‖∇D(x̂)‖ − 1)²",
    source: "Gulrajani et al. 2017",
  },
  r1: {
    title: "R1 penalty",
    text: "Keeps the discriminator flat around real images, which steadies the game near its balance.",
    formula: "γ/2 · E‖∇D(x)‖²",
    source: "Mescheder et al. 2018",
  },
  weightClip: {
    title: "Weight clipping",
    text: "Cuts every weight of the critic to ±limit after each update, the first way to bound its slope. Simple, but it makes the critic dull; a gradient penalty usually does better.",
    source: "Arjovsky et al. 2017",
  },
  weightPenalty: {
    title: "Weight penalty",
    text: "Draws the weights of one network towards 0: L2 makes all smaller, L1 makes some vanish.",
  },
  spectralNorm: {
    title: "Spectral normalisation",
    text: "Divides a layer's weights by their largest singular value, so that the layer cannot stretch any direction by more than 1. It keeps the discriminator's slope bounded at little cost.",
    formula: "W ← W / σ(W)",
    source: "Miyato et al. 2018",
  },
  augmentation: {
    title: "Changes to real images",
    text: "Real images are moved, turned, scaled or flipped at random before the discriminator sees them. It helps small data sets, but the generator learns to draw such images too.",
  },
  validation: {
    title: "Images kept aside",
    text: "Real images that are not trained on. They tell whether the generator draws something new or copies what it has seen.",
  },
  stopAfter: {
    title: "Stop when it no longer improves",
    text: "Ends the run when the measured Fréchet distance has not fallen for so many epochs. The best epoch stays kept.",
  },
  equilibrium: {
    title: "At balance",
    text: "The dashed lines are the losses at which the discriminator cannot tell real from generated images any more. Curves near them mean that neither network runs away; they need not reach them, and a loss alone says little about the images.",
    source: "Goodfellow et al. 2014, theorem 1",
  },
  scores: {
    title: "Scores",
    text: "What the discriminator answers on average: D(x) for real images, D(G(z)) for generated ones. The wider they are apart, the easier it tells them; where both meet, it guesses.",
  },
  imageScore: {
    title: "Score of an image",
    text: "What this run's discriminator answers for it, D(G(z)): the higher, the more real it looks to the discriminator. It judges by what it has learnt itself, so scores of two runs, or of two checkpoints, cannot be compared.",
  },
  gradientNorms: {
    title: "Gradient norms",
    text: "How strongly each network is pushed by one update. Near 0 it no longer learns; leaps and growth by tens announce that the game breaks apart.",
  },
  smoothing: {
    title: "Smoothing",
    text: "Shows a moving mean of each curve; the faint line behind it is what was measured. It changes the picture alone.",
  },
  doctor: {
    title: "Doctor",
    text: "Looks at what a run measures and names known troubles: a network that wins, a mode collapse, gradients that vanish or explode. A note is worth knowing, a warning worth a change, and «serious» means that training on is wasted. Each comes with its numbers and remedies.",
  },
  stacked: {
    title: "Stacked images",
    text: "Makes 128,000 images, each of three grey ones at random as its red, green and blue. Of ten digits that gives a thousand kinds of images, and an evaluation counts how many of them a generator draws: stacked MNIST.",
    source: "Metz et al. 2017; Lin et al. 2018",
  },
  features: {
    title: "Features of a file",
    text: "Images are compared by what a network sees in them. Usually that is a classifier of this data set; a file can bring another one, such as an encoder that was trained elsewhere. It must take images of this size, with values from −1 to 1, and its first output counts. Values by two networks cannot be compared, and by a file's nothing is told of classes.",
  },
  quality: {
    title: "Image quality",
    text: "Generated images are compared with real ones by the features of a classifier of this data set. Values can be compared only with those of the same number of images, seed and data set; they are not the FID of papers.",
    source: "Fréchet distance: Heusel et al. 2017",
  },
  fork: {
    title: "Fork",
    text: "A new run that shares this one's past up to an epoch and goes on with other settings. The networks stay as they are; learning rates, loss and regularizers may change.",
  },
  reproduce: {
    title: "Reproduce",
    text: "On the same machine and library every number comes out the same to the last digit. Another processor or library adds in another order, which changes last digits and, step by step, all that follows.",
  },
  truncation: {
    title: "Truncation",
    text: "Noise values beyond this limit are drawn again. Smaller limits give more typical images and less variety.",
    source: "Brock et al. 2019",
  },
} as const satisfies Record<string, HelpText>;

export type HelpTopic = keyof typeof helpTexts;
