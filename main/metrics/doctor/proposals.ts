/**
 * What can be tried against what the Doctor finds, as changes of a specification: the remedies of the
 * literature, each with its paper. Whether a fork can apply one is found out in `remedies.ts`.
 */
import type { Layer } from "../../spec/layers.ts";
import type { LossOf } from "../../spec/losses.ts";
import type { Specification } from "../../spec/specification.ts";
import type { Proposal } from "./case.ts";

type Player = "generator" | "discriminator";

/** Rates as people write them: 0.00002, not 0.000019999999999999998. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/** «critic» for a loss whose answers are no judgement. */
export const judgeOf = ({ loss }: Specification): string =>
  loss.kind === "wasserstein" ? "critic" : "discriminator";

const nameOf = (specification: Specification, player: Player): string =>
  player === "generator" ? "generator" : judgeOf(specification);

/** Another learning rate for one network. */
export function rateTimes(specification: Specification, player: Player, factor: number): Proposal {
  const rate = rounded(specification.optimizers[player].learningRate * factor);
  return {
    title: `the ${nameOf(specification, player)}'s learning rate ${factor < 1 ? "lowered" : "raised"} to ${rate}`,
    patch: { optimizers: { [player]: { learningRate: rate } } },
  };
}

export function bothRatesTimes({ optimizers }: Specification, factor: number): Proposal {
  const [generator, discriminator] = [optimizers.generator, optimizers.discriminator].map(
    ({ learningRate }) => rounded(learningRate * factor),
  );
  return {
    title: `both learning rates divided by ${(1 / factor).toLocaleString("en")}`,
    patch: {
      optimizers: {
        generator: { learningRate: generator },
        discriminator: { learningRate: discriminator },
      },
    },
  };
}

/**
 * A tenth of both rates, and no more than what papers use for the optimizer: Radford et al. 2016 for
 * Adam, Arjovsky et al. 2017 for RMSprop.
 */
export function calmRates({ optimizers }: Specification): Proposal {
  const usual = { adam: 2e-4, rmsprop: 5e-5, sgd: 0.01 };
  const calm = ({ learningRate, kind }: Specification["optimizers"]["generator"]) =>
    rounded(Math.min(learningRate * 0.1, usual[kind]));
  const [generator, discriminator] = [calm(optimizers.generator), calm(optimizers.discriminator)];
  return {
    title:
      generator === discriminator
        ? `learning rates of ${generator}`
        : `learning rates of ${generator} for the generator and ${discriminator} for the other network`,
    patch: {
      optimizers: {
        generator: { learningRate: generator },
        discriminator: { learningRate: discriminator },
      },
    },
  };
}

/** Heusel et al. 2017 give each network a rate of its own; here that of the other one. */
export function sameRateAs(specification: Specification, player: Player): Proposal {
  const other = player === "generator" ? "discriminator" : "generator";
  const rate = specification.optimizers[other].learningRate;
  return {
    title: `the ${nameOf(specification, player)}'s learning rate set to ${rate}, that of the other network`,
    patch: { optimizers: { [player]: { learningRate: rate } } },
  };
}

export function batchTimes({ loop }: Specification, factor: number): Proposal[] {
  const batchSize = Math.round(loop.batchSize * factor);
  if (batchSize < 2 || batchSize > 1024) return [];
  return [{ title: `batches of ${batchSize} images`, patch: { loop: { batchSize } } }];
}

/** Salimans et al. 2016, section 3.4: one-sided label smoothing. */
export function smoothedLabels({ loss }: Specification): Proposal[] {
  if (loss.kind !== "binaryCrossEntropy" || loss.realLabel < 1 || loss.fakeLabel !== 0) return [];
  return [
    { title: "the label of real images smoothed to 0.9", patch: { loss: { realLabel: 0.9 } } },
  ];
}

/** Goodfellow et al. 2014, section 3: the same game with a gradient where the generator loses. */
export function nonSaturating({ loss }: Specification): Proposal[] {
  if (loss.kind !== "minimax") return [];
  const { on, terms, flipRate } = loss;
  return [
    {
      title: "the non-saturating loss",
      patch: { loss: { kind: "nonSaturating", on, terms, flipRate } },
    },
  ];
}

/** More or fewer updates of the discriminator for each of the generator. */
export function updatesPerStep(specification: Specification, updates: number): Proposal[] {
  if (updates === specification.loop.discriminatorSteps || updates < 1) return [];
  const times = updates === 1 ? "one update" : `${updates.toString()} updates`;
  return [
    {
      title: `${times} of the ${judgeOf(specification)} a step`,
      patch: { loop: { discriminatorSteps: updates } },
    },
  ];
}

const withoutLayers = (layers: readonly Layer[], kinds: readonly Layer["kind"][]): Layer[] =>
  layers.filter(({ kind }) => !kinds.includes(kind));

/** Gulrajani et al. 2017: the loss, its penalty, and the settings that they recommend. */
export function wassersteinWithPenalty(specification: Specification): Proposal[] {
  const { loss, discriminator, regularizers } = specification;
  const isPenalised = regularizers.some(({ kind }) => kind === "gradientPenalty");
  if (loss.kind === "wasserstein" && isPenalised) return [];
  const last =
    discriminator.layers.at(-1)?.kind === "sigmoid" ? discriminator.layers.length - 1 : -1;
  const bare = discriminator.layers.filter((_, index) => index !== last);
  const kept = regularizers.filter(({ kind }) => kind !== "weightClip" && kind !== "r1");
  const wasserstein: LossOf<"wasserstein"> = { kind: "wasserstein", terms: "sum", flipRate: 0 };
  const adam = { kind: "adam", learningRate: 1e-4, beta1: 0, beta2: 0.9, epsilon: 1e-8 } as const;
  return [
    {
      title: "the Wasserstein loss with a gradient penalty",
      patch: {
        loss: wasserstein,
        // It is on each example by itself, which batch normalisation ties together.
        discriminator: { layers: withoutLayers(bare, ["batchNorm", "minibatchDiscrimination"]) },
        regularizers: [
          ...kept.filter(({ kind }) => kind !== "gradientPenalty"),
          { kind: "gradientPenalty", weight: 10, target: 1 },
        ],
        optimizers: {
          generator: { ...adam, schedule: { kind: "constant" } },
          discriminator: { ...adam, schedule: { kind: "constant" } },
        },
        loop: { discriminatorSteps: 5 },
      },
    },
  ];
}

/** Salimans et al. 2016, section 3.2: the discriminator sees how alike a batch's images are. */
export function minibatchDiscrimination({ discriminator: { layers } }: Specification): Proposal[] {
  const last = layers.findLastIndex(({ kind }) => kind === "dense");
  const before = layers.slice(0, last);
  const isFlat = before.some(({ kind }) => kind === "flatten" || kind === "dense");
  const has = layers.some(({ kind }) => kind === "minibatchDiscrimination");
  const dense = layers[last];
  if (has || !isFlat || dense?.kind !== "dense") return [];
  const layer: Layer = {
    kind: "minibatchDiscrimination",
    ...{ kernels: 50, dimensions: 5 },
    kernelInitializer: dense.kernelInitializer,
  };
  return [
    {
      title: "minibatch discrimination in the discriminator",
      patch: { discriminator: { layers: [...before, layer, ...layers.slice(last)] } },
    },
  ];
}

/** Karras et al. 2020: changed images are harder to know by heart; the changes can leak. */
export function augmentation({ data, image }: Specification): Proposal[] {
  if (data.augmentation.kind !== "none") return [];
  const translation = Math.max(1, Math.round(Math.min(image.height, image.width) / 14));
  return [
    {
      title: `real images moved by up to ${translation.toString()} pixels and turned a little`,
      patch: {
        data: {
          augmentation: {
            kind: "affine",
            ...{ flip: false, rotation: 10, smallest: 0.9, largest: 1.1, translation },
            background: "edge",
          },
        },
      },
    },
  ];
}

/** Srivastava et al. 2014, in front of the discriminator's last layer. */
export function dropout({ discriminator: { layers } }: Specification): Proposal[] {
  const last = layers.findLastIndex(({ kind }) => kind === "dense");
  if (last < 1 || layers.some(({ kind }) => kind === "dropout")) return [];
  const added: Layer[] = [
    ...layers.slice(0, last),
    { kind: "dropout", rate: 0.3 },
    ...layers.slice(last),
  ];
  return [{ title: "dropout in the discriminator", patch: { discriminator: { layers: added } } }];
}

/** ReLU to leaky ReLU in one network: a unit that is below 0 still learns (Maas et al. 2013). */
export function leakyUnits(specification: Specification, player: Player): Proposal {
  const layers = specification[player].layers.map((layer): Layer =>
    layer.kind === "relu" ? { kind: "leakyRelu", alpha: 0.2 } : layer,
  );
  return {
    title: `leaky ReLU in the ${nameOf(specification, player)}`,
    patch: { [player]: { layers } },
  };
}

/** A gradient penalty of other weight. */
export function penaltyTimes({ regularizers }: Specification, factor: number): Proposal[] {
  const penalty = regularizers.find(({ kind }) => kind === "gradientPenalty");
  if (penalty?.kind !== "gradientPenalty") return [];
  const weight = rounded(penalty.weight * factor);
  const changed = regularizers.map((one) =>
    one.kind === "gradientPenalty" ? { ...one, weight } : one,
  );
  return [{ title: `a gradient penalty of weight ${weight}`, patch: { regularizers: changed } }];
}
