/**
 * What can be trained but is known to spoil results, each with its reason and a way out. Sources at
 * each rule; they are rules of thumb, so a warning stops nobody.
 */
import { augmentationWarnings } from "./augmentation.ts";
import type { Layer } from "./layers.ts";
import type { Place } from "./place.ts";
import type { Specification } from "./specification.ts";

export interface Warning {
  place: Place;
  /** A sentence; at a layer its end, whose subject is the layer. */
  text: string;
}

type Network = "generator" | "discriminator";

const hasKernel = (layer: Layer) => "spectralNorm" in layer;
const at = (section: Place["section"], layer: number | null, text: string): Warning => ({
  place: { section, layer },
  text,
});

/** Odena et al. 2016, «Deconvolution and checkerboard artifacts». */
function checkerboard(network: Network, layers: readonly Layer[]): Warning[] {
  return layers.flatMap((layer, index) => {
    if (layer.kind !== "conv2dTranspose" || layer.kernel % layer.stride === 0) return [];
    const { kernel, stride } = layer;
    const better = Math.ceil(kernel / stride) * stride;
    const text = `reaches some pixels more often than others, because its kernel (${kernel}) is not divisible by its stride (${stride}): a checkerboard in the images. Use a kernel of ${better}, or upsampling and a convolution.`;
    return [at(network, index, text)];
  });
}

/** Gulrajani et al. 2017, section 4: the penalty is on each example by itself. */
function batchNormUnderPenalty({ discriminator, regularizers }: Specification): Warning[] {
  const penalty = regularizers.find(({ kind }) => kind === "gradientPenalty" || kind === "r1");
  if (!penalty) return [];
  return discriminator.layers.flatMap(({ kind }, index) =>
    kind === "batchNorm"
      ? [
          at(
            "discriminator",
            index,
            "ties the examples of a batch together, but the gradient penalty is on each by itself. Use layer norm, or leave it out.",
          ),
        ]
      : [],
  );
}

function singleBatches({ loop, generator, discriminator }: Specification): Warning[] {
  if (loop.batchSize > 1) return [];
  const tooFew = "has only one example a batch to measure. Use larger batches, or layer norm.";
  return (["generator", "discriminator"] as const).flatMap((name) =>
    (name === "generator" ? generator : discriminator).layers.flatMap(({ kind }, index) =>
      kind === "batchNorm" ? [at(name, index, tooFew)] : [],
    ),
  );
}

/** Images are scaled to [−1, 1]; what the last layers can give should be that too. */
function generatorRange({ generator }: Specification): Warning[] {
  const last = generator.layers.findLastIndex(
    ({ kind }) => kind !== "reshape" && kind !== "flatten",
  );
  const layer = generator.layers[last];
  if (!layer) return [];
  if (layer.kind === "tanh") return [];
  const text =
    layer.kind === "sigmoid" || layer.kind === "relu"
      ? "gives no values below 0, but images lie in −1 to 1. Use tanh."
      : "is not bounded, but images lie in −1 to 1. Put tanh behind it.";
  return [at("generator", last, text)];
}

/** Arjovsky et al. 2017: the loss is a distance only for a critic of limited slope. */
function unboundedCritic({ loss, regularizers, discriminator }: Specification): Warning[] {
  if (loss.kind !== "wasserstein") return [];
  const kernels = discriminator.layers.filter(hasKernel);
  const bounded =
    regularizers.some(({ kind }) => kind === "gradientPenalty" || kind === "weightClip") ||
    (kernels.length > 0 && kernels.every(({ spectralNorm }) => spectralNorm));
  if (bounded) return [];
  const text =
    "The Wasserstein loss needs a critic of limited slope. Add a gradient penalty or weight clipping, or switch spectral normalisation on in all of its layers.";
  return [at("loss", null, text)];
}

/** Salimans et al. 2016, section 3.4: smoothing the label of generated images moves the optimum. */
function twoSidedSmoothing({ loss }: Specification): Warning[] {
  if (loss.kind !== "binaryCrossEntropy" || loss.fakeLabel === 0) return [];
  const text =
    "A label above 0 for generated images draws the generator towards what it makes already. Smooth the label of real images alone.";
  return [at("loss", null, text)];
}

/** For a document whose fields are all within their ranges. */
export const warningsOf = (
  specification: Specification,
  classNames: readonly string[],
): Warning[] => [
  ...checkerboard("generator", specification.generator.layers),
  ...checkerboard("discriminator", specification.discriminator.layers),
  ...generatorRange(specification),
  ...batchNormUnderPenalty(specification),
  ...singleBatches(specification),
  ...unboundedCritic(specification),
  ...twoSidedSmoothing(specification),
  ...augmentationWarnings(specification.data.augmentation, classNames).map((text) =>
    at("augmentation", null, text),
  ),
];
