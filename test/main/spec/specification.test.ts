import { describe, expect, it } from "vitest";
import { equilibriumOf } from "../../../main/spec/equilibria.ts";
import { kindOf } from "../../../main/spec/layers.ts";
import { learningRateAt } from "../../../main/spec/optimizers.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { lsganDc } from "../../../main/spec/presets/lsgan-dc.ts";
import { vanillaMlp } from "../../../main/spec/presets/vanilla-mlp.ts";
import { Problem } from "../../../main/spec/problem.ts";
import {
  inferSpecification,
  parseSpecification,
  type Specification,
} from "../../../main/spec/specification.ts";
import { splitOf } from "../../../main/spec/data.ts";

const changed = (change: (specification: Specification) => void, from = vanillaMlp) => {
  const specification = structuredClone(from.specification);
  change(specification);
  return specification;
};

function problemOf(f: () => unknown): Problem {
  try {
    f();
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

describe("presets", () => {
  it.each([
    ["vanilla-mlp", 114_800, 1_460_225],
    ["lsgan-dc", 6_675_009, 1_102_721],
    ["mlp-batchnorm", 15_569_072, 15_492_097],
    ["conv16", 339_523, 136_643],
  ])("%s has the published number of parameters", (id, generator, discriminator) => {
    const inferred = inferSpecification(presetOf(id).specification);
    expect(inferred.generator.parameters).toBe(generator);
    expect(inferred.discriminator.parameters).toBe(discriminator);
  });

  it("are specifications that survive JSON", () => {
    for (const { specification } of presets) {
      expect(parseSpecification(JSON.parse(JSON.stringify(specification)))).toEqual(specification);
    }
  });

  it("that do not exist are named together with those that do", () => {
    const problem = problemOf(() => presetOf("vanila"));
    expect(problem.code).toBe("preset.unknown");
    expect(problem.message).toMatch(/«vanila».*vanilla-mlp/);
  });
});

describe("a specification", () => {
  it("whose layers do not fit names the layer's place and both shapes", () => {
    const specification = changed(({ discriminator }) => discriminator.layers.shift());
    const problem = problemOf(() => parseSpecification(specification));
    expect(problem.code).toBe("spec.shape");
    expect(problem.message).toMatch(
      /^discriminator layer 1 \(dense\): expects a flat vector, gets 28×28×1/,
    );
  });

  it("whose generator does not make the images says what it makes", () => {
    const problem = problemOf(() =>
      parseSpecification(changed(({ generator }) => generator.layers.pop())),
    );
    expect(problem.message).toMatch(/gives 784, but the images are 28×28×1/);
  });

  it("whose discriminator gives more than one number is refused", () => {
    const problem = problemOf(() =>
      parseSpecification(changed(({ discriminator }) => discriminator.layers.pop())),
    );
    expect(problem.message).toMatch(/gives 256, but it must give one number/);
  });

  it("that pairs a sigmoid with a loss on logits is refused", () => {
    const specification = changed(({ discriminator }) => {
      discriminator.layers.push({ kind: "sigmoid" });
    });
    expect(problemOf(() => parseSpecification(specification)).message).toMatch(/sigmoid/);
  });

  it("with an unknown or missing field names it", () => {
    const { seed: _, ...lacking } = vanillaMlp.specification;
    expect(problemOf(() => parseSpecification(lacking)).message).toMatch(/^seed/);
    const extra = { ...vanillaMlp.specification, colour: "red" };
    expect(problemOf(() => parseSpecification(extra)).message).toMatch(/^colour/);
    expect(problemOf(() => parseSpecification(null)).code).toBe("spec.invalid");
  });

  it("too large for any machine is refused before anything is allocated", () => {
    const specification = changed(({ discriminator }) => {
      const [, first] = discriminator.layers;
      if (first?.kind === "dense") first.units = 1_000_000;
    });
    expect(problemOf(() => parseSpecification(specification)).message).toMatch(/parameters/);
  });

  it("describes every layer without throwing", () => {
    for (const { specification } of presets) {
      for (const layer of specification.generator.layers) {
        expect(kindOf(layer).describe?.(layer) ?? "").not.toContain("undefined");
      }
    }
  });
});

describe("equilibria", () => {
  const entropy = vanillaMlp.specification.loss;
  it.each([
    ["cross-entropy", { ...entropy, realLabel: 1 }, 1.3863, 0.6931],
    [
      "cross-entropy, averaged",
      { ...entropy, realLabel: 1, terms: "mean" as const },
      0.6931,
      0.6931,
    ],
    ["cross-entropy, smoothed", entropy, 1.3763, 0.7985],
    ["least squares", lsganDc.specification.loss, 0.25, 0.125],
    ["minimax", presetOf("minimax-momentum").specification.loss, 1.3863, -0.6931],
    ["Wasserstein", presetOf("wgan-gp").specification.loss, 0, 0],
    ["hinge", presetOf("sngan-32").specification.loss, 2, 0],
    ["the averaged DCGAN", presetOf("dcgan-bce").specification.loss, 0.6931, 0.6931],
  ])("of %s are the published ones", (_, loss, discriminator, generator) => {
    const equilibrium = equilibriumOf(loss);
    expect(equilibrium.discriminator).toBeCloseTo(discriminator, 4);
    expect(equilibrium.generator).toBeCloseTo(generator, 4);
  });
});

describe("schedules", () => {
  it("multiply the rate once a milestone has passed", () => {
    const { generator } = vanillaMlp.specification.optimizers;
    const rates = [0, 19, 20, 49, 50, 80].map((epochs) => learningRateAt(generator, epochs));
    expect(rates).toEqual([1e-3, 1e-3, 5e-4, 5e-4, 2.5e-4, 1.25e-4]);
  });
});

describe("gradual schedules", () => {
  const optimizer = (kind: "linear" | "cosine") => ({
    ...vanillaMlp.specification.optimizers.generator,
    learningRate: 2,
    schedule: { kind, epochs: 10, endFactor: 0.5 },
  });
  it("go to their end factor and stay there", () => {
    const rates = (kind: "linear" | "cosine") =>
      [0, 5, 10, 99].map((epochs) => learningRateAt(optimizer(kind), epochs));
    expect(rates("linear")).toEqual([2, 1.5, 1, 1]);
    expect(rates("cosine").map((rate) => Math.round(rate * 1e6) / 1e6)).toEqual([2, 1.5, 1, 1]);
    expect(learningRateAt(optimizer("cosine"), 1)).toBeGreaterThan(
      learningRateAt(optimizer("linear"), 1),
    );
  });
});

describe("splits", () => {
  const { data } = lsganDc.specification;
  it("take what is asked for where there is enough", () => {
    expect(splitOf(data, 60_000)).toEqual({
      training: { start: 0, count: 50_000 },
      validation: { start: 50_000, count: 5000 },
    });
  });

  it("keep the proportion where there is less, and never overlap or overrun", () => {
    for (const length of [0, 1, 11, 1000, 20_000]) {
      const { training, validation } = splitOf({ ...data, offset: 7 }, length);
      expect(validation.start).toBe(training.start + training.count);
      expect(training.count + validation.count).toBeLessThanOrEqual(Math.max(0, length - 7));
    }
    expect(splitOf(data, 11_000).validation.count).toBe(1000);
  });

  it("train on everything when no number is given", () => {
    const split = splitOf({ ...data, training: null, validation: 0 }, 123);
    expect(split.training).toEqual({ start: 0, count: 123 });
  });
});
