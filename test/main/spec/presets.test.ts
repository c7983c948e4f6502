/** Every preset against its row of the published table: layers, losses, optimisers, data and loop. */
import { describe, expect, it } from "vitest";
import type { Initializer } from "../../../main/spec/initializers.ts";
import type { Layer } from "../../../main/spec/layers.ts";
import { learningRateAt, type Optimizer } from "../../../main/spec/optimizers.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";

const initializerText = (initializer: Initializer): string => {
  if (initializer.kind === "fanInUniform") return "";
  if (initializer.kind !== "normal") return ` ${initializer.kind}`;
  const { mean, standardDeviation } = initializer;
  return ` N(${mean.toString()}, ${standardDeviation.toString()})`;
};

/** A layer as the table writes it; the default initialiser, U(±1/√fan_in), goes without saying. */
function layerText(layer: Layer): string {
  switch (layer.kind) {
    case "dense":
      return `${layer.units.toString()}${initializerText(layer.kernelInitializer)}`;
    case "conv2d":
    case "conv2dTranspose": {
      const { filters, kernel, stride, padding } = layer;
      const kind = layer.kind === "conv2d" ? "conv" : "convT";
      const form = `${kind} ${filters.toString()} k${kernel.toString()} s${stride.toString()}`;
      return `${form} ${padding}${initializerText(layer.kernelInitializer)}`;
    }
    case "leakyRelu":
      return `lrelu ${layer.alpha.toString()}`;
    case "dropout":
      return `drop ${layer.rate.toString()}`;
    case "batchNorm":
      return layer.momentum === 0.9 && layer.epsilon === 1e-5 ? "bn" : "another bn";
    case "reshape":
      return layer.shape.join("×");
    case "maxPool":
      return `maxpool ${layer.size.toString()}`;
    case "averagePool":
    case "upsample":
    case "layerNorm":
    case "minibatchDiscrimination":
    case "flatten":
    case "relu":
    case "elu":
    case "tanh":
    case "sigmoid":
    case "linear":
      return layer.kind;
  }
}

const textOf = ({ layers }: Specification["generator"]): string =>
  layers.map(layerText).join(" → ");

const optimizerText = (optimizer: Optimizer): string => {
  const { kind, learningRate, schedule } = optimizer;
  const start = `${kind} ${learningRate.toString()}`;
  const rest = () => {
    switch (optimizer.kind) {
      case "adam":
        return `(${optimizer.beta1.toString()}, ${optimizer.beta2.toString()}) ε ${optimizer.epsilon.toString()}`;
      case "rmsprop":
        return `decay ${optimizer.decay.toString()} ε ${optimizer.epsilon.toString()}`;
      case "sgd":
        return `momentum ${optimizer.momentum.toString()}`;
    }
  };
  return `${start} ${rest()}${schedule.kind === "constant" ? "" : ` ${schedule.kind}`}`;
};

interface Row {
  generator: string;
  discriminator: string;
  loss: Specification["loss"];
  regularizers?: Specification["regularizers"];
  conditioning?: Specification["conditioning"];
  /** The generator's and the discriminator's, or both. */
  optimizers: [string, string] | string;
  image?: [number, number, number];
  latent?: Specification["latent"];
  /** In order: batch size, epochs, k, the generator's noise. */
  loop: [number, number, number, "fresh" | "reused"];
  data?: { training: number | null; validation: number; shuffle: boolean };
}

const sum = { terms: "sum", flipRate: 0 } as const;
const entropy = {
  kind: "binaryCrossEntropy",
  fakeLabel: 0,
  generatorLabel: 1,
  flipRate: 0,
} as const;
const mnist = { training: 60_000, validation: 0, shuffle: true };

const vanilla = {
  generator:
    "32 glorotUniform → lrelu 0.2 → drop 0.3 → 64 glorotUniform → lrelu 0.2 → drop 0.3 → " +
    "128 glorotUniform → lrelu 0.2 → 784 → tanh → 28×28×1",
  discriminator:
    "flatten → 1024 glorotUniform → lrelu 0.2 → drop 0.3 → 512 glorotUniform → lrelu 0.2 → drop 0.3 → " +
    "256 glorotUniform → lrelu 0.2 → drop 0.3 → 1",
  data: { ...mnist, shuffle: false },
};

const denseJudge = "flatten → 512 → lrelu 0.2 → 256 → lrelu 0.2 → 1 → sigmoid";
const small = "N(0, 0.02)";
const convolutional = {
  generator:
    `6272 ${small} → 7×7×128 → bn → relu → convT 64 k4 s2 same ${small} → bn → relu → ` +
    `convT 1 k4 s2 same ${small} → tanh`,
  discriminator:
    `conv 64 k4 s2 same ${small} → lrelu 0.2 → conv 128 k4 s2 same ${small} → bn → lrelu 0.2 → ` +
    `flatten → 1 ${small}`,
};

const rows: Record<string, Row> = {
  "vanilla-mlp": {
    ...vanilla,
    loss: { ...entropy, on: "logits", realLabel: 0.9, terms: "sum" },
    optimizers: [
      "adam 0.001 (0.5, 0.999) ε 1e-8 multiStep",
      "adam 0.0001 (0.5, 0.999) ε 1e-8 multiStep",
    ],
    loop: [128, 100, 1, "fresh"],
  },
  "mlp-batchnorm": {
    generator:
      "128 → lrelu 0.2 → 256 → bn → lrelu 0.2 → 512 → bn → lrelu 0.2 → 30000 → tanh → 100×100×3",
    discriminator: denseJudge,
    loss: { ...entropy, on: "probabilities", realLabel: 1, terms: "sum" },
    optimizers: "adam 0.0002 (0.9, 0.999) ε 1e-8",
    image: [100, 100, 3],
    loop: [64, 20, 1, "fresh"],
    data: { ...mnist, training: null },
  },
  "basic-mlp": {
    generator:
      "128 → lrelu 0.2 → 256 → bn → lrelu 0.2 → 512 → bn → lrelu 0.2 → 1024 → bn → lrelu 0.2 → " +
      "784 → tanh → 28×28×1",
    discriminator: denseJudge,
    loss: { ...entropy, on: "probabilities", realLabel: 1, terms: "sum" },
    optimizers: "adam 0.0002 (0.5, 0.999) ε 1e-8",
    loop: [64, 200, 1, "fresh"],
  },
  "dcgan-bce": {
    ...convolutional,
    loss: { ...entropy, on: "logits", realLabel: 1, terms: "mean" },
    optimizers: "adam 0.0002 (0.5, 0.999) ε 1e-8",
    loop: [128, 20, 1, "fresh"],
  },
  "wgan-clip": {
    ...convolutional,
    loss: { kind: "wasserstein", ...sum },
    regularizers: [{ kind: "weightClip", limit: 0.01 }],
    optimizers: "rmsprop 0.00005 decay 0.99 ε 1e-8",
    loop: [128, 20, 5, "fresh"],
  },
  "wgan-gp": {
    ...convolutional,
    discriminator: convolutional.discriminator.replace("bn → ", ""),
    loss: { kind: "wasserstein", ...sum },
    regularizers: [{ kind: "gradientPenalty", weight: 10, target: 1 }],
    optimizers: "adam 0.0001 (0, 0.9) ε 1e-8",
    loop: [128, 20, 5, "fresh"],
  },
  cdcgan: {
    ...convolutional,
    loss: { ...entropy, on: "logits", realLabel: 1, terms: "mean" },
    conditioning: { classes: 10, discriminator: "channels" },
    optimizers: "adam 0.0002 (0.5, 0.999) ε 1e-8",
    loop: [128, 20, 1, "fresh"],
  },
  conv16: {
    generator:
      "1×1×100 → convT 128 k4 s1 valid → bn → relu → convT 64 k4 s2 same → bn → relu → " +
      "convT 3 k4 s2 same → tanh",
    discriminator:
      "conv 64 k4 s2 same → lrelu 0.2 → conv 128 k4 s2 same → bn → lrelu 0.2 → " +
      "conv 1 k4 s1 valid → flatten → 1 → sigmoid",
    loss: { ...entropy, on: "probabilities", realLabel: 1, terms: "sum" },
    optimizers: "adam 0.0002 (0.5, 0.999) ε 1e-8",
    image: [16, 16, 3],
    loop: [64, 20, 1, "reused"],
    data: { ...mnist, training: null },
  },
  "lsgan-dc": {
    generator:
      "1024 → relu → bn → 6272 → relu → bn → 7×7×128 → convT 64 k4 s2 same → relu → bn → " +
      "convT 1 k4 s2 same → tanh",
    discriminator:
      "conv 32 k5 s1 valid → lrelu 0.01 → maxpool 2 → conv 64 k5 s1 valid → lrelu 0.01 → " +
      "maxpool 2 → flatten → 1024 → lrelu 0.01 → 1",
    loss: { kind: "leastSquares", realLabel: 1, fakeLabel: 0, generatorLabel: 1, ...sum },
    optimizers: "adam 0.001 (0.5, 0.999) ε 1e-8",
    latent: { size: 96, distribution: "uniform" },
    loop: [128, 10, 1, "fresh"],
    data: { training: 50_000, validation: 5000, shuffle: true },
  },
};

describe.each(Object.entries(rows))("the preset %s", (id, row) => {
  const { specification } = presetOf(id);

  it("has the table's layers, with their start values", () => {
    expect(textOf(specification.generator)).toBe(row.generator);
    expect(textOf(specification.discriminator)).toBe(row.discriminator);
  });

  it("plays the table's game", () => {
    expect(specification.loss).toEqual(row.loss);
    expect(specification.regularizers).toEqual(row.regularizers ?? []);
    expect(specification.conditioning).toEqual(row.conditioning ?? null);
    expect(specification.generatorAverage).toBeNull();
  });

  it("has the table's optimisers", () => {
    const { generator, discriminator } = specification.optimizers;
    const expected =
      typeof row.optimizers === "string" ? [row.optimizers, row.optimizers] : row.optimizers;
    expect([generator, discriminator].map(optimizerText)).toEqual(expected);
  });

  it("has the table's data, noise and loop", () => {
    const [height, width, channels] = row.image ?? [28, 28, 1];
    expect(specification.image).toEqual({ height, width, channels });
    expect(specification.latent).toEqual(row.latent ?? { size: 100, distribution: "normal" });
    expect(specification.data).toMatchObject({
      offset: 0,
      augmentation: { kind: "none" },
      ...(row.data ?? mnist),
    });
    const { batchSize, epochs, discriminatorSteps, generatorNoise, steps } = specification.loop;
    expect([batchSize, epochs, discriminatorSteps, generatorNoise]).toEqual(row.loop);
    expect(steps).toBeNull();
  });
});

describe("presets", () => {
  it("are all in the table, but for the one that has its own numbers", () => {
    const others = ["minimax-momentum", "sngan-32"];
    expect(presets.map(({ id }) => id).toSorted()).toEqual(
      [...Object.keys(rows), ...others].toSorted(),
    );
  });

  it("leave the biases of default and Glorot layers at the default start values", () => {
    for (const { id, specification } of presets) {
      for (const layer of [
        ...specification.generator.layers,
        ...specification.discriminator.layers,
      ]) {
        if (!("kernelInitializer" in layer) || !("biasInitializer" in layer)) continue;
        if (!["fanInUniform", "glorotUniform"].includes(layer.kernelInitializer.kind)) continue;
        expect(layer.biasInitializer.kind, id).toBe("fanInUniform");
      }
    }
  });

  it("name themselves in their specification", () => {
    for (const { id, specification } of presets) expect(specification.preset).toBe(id);
  });
});

describe("vanilla-mlp", () => {
  const { optimizers, loop, data, outputs } = presetOf("vanilla-mlp").specification;

  it("halves the generator's rate at 20, 50 and 80 epochs, and cuts the discriminator's at 50", () => {
    const rates = (optimizer: Optimizer) =>
      [0, 19, 20, 49, 50, 79, 80, 99].map((done) => learningRateAt(optimizer, done) * 1e4);
    const expected = {
      generator: [10, 10, 5, 5, 2.5, 2.5, 1.25, 1.25],
      discriminator: [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1],
    };
    rates(optimizers.generator).forEach((rate, i) => {
      expect(rate).toBeCloseTo(expected.generator[i] ?? NaN, 9);
    });
    rates(optimizers.discriminator).forEach((rate, i) => {
      expect(rate).toBeCloseTo(expected.discriminator[i] ?? NaN, 9);
    });
  });

  it("keeps the last batch, of 96 images, shows 16 samples and logs every 100 batches", () => {
    expect((data.training ?? 0) % loop.batchSize).toBe(96);
    expect(loop.lastBatch).toBe("keep");
    expect(outputs).toMatchObject({ fixedSamples: 16, measureEvery: 100 });
  });
});

describe("minimax-momentum", () => {
  it("is the vanilla pair in the original game, one move each, by momentum of 0.5", () => {
    const { specification } = presetOf("minimax-momentum");
    expect(textOf(specification.generator)).toBe(vanilla.generator);
    expect(textOf(specification.discriminator)).toBe(vanilla.discriminator);
    expect(specification.loss).toMatchObject({ kind: "minimax", on: "logits", terms: "sum" });
    expect(specification.loop.discriminatorSteps).toBe(1);
    for (const optimizer of Object.values(specification.optimizers)) {
      expect(optimizer).toMatchObject({ kind: "sgd", momentum: 0.5, nesterov: false });
    }
  });
});
