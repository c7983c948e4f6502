import { describe, expect, test } from "vitest";
import {
  batchNorm,
  conv2dTranspose,
  dense,
  relu,
  reshape,
  sigmoid,
} from "../../../main/spec/layers/shorthand.ts";
import { newAugmentations, newLosses } from "../../../main/spec/defaults.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { warningsOf } from "../../../main/spec/warnings.ts";

const base = presetOf("dcgan-bce").specification;
const warnings = (changes: Partial<Specification>, classNames: string[] = []) =>
  warningsOf({ ...base, ...changes }, classNames);

test("the presets that are published recipes have none", () => {
  for (const id of ["dcgan-bce", "wgan-gp", "wgan-clip", "lsgan-dc", "vanilla-mlp"])
    expect(warningsOf(presetOf(id).specification, []), id).toEqual([]);
  expect(presets.length).toBeGreaterThan(5);
});

test("a transposed kernel that its stride does not divide is named, with a kernel that would do", () => {
  const layers = base.generator.layers.with(
    4,
    conv2dTranspose(64, { kernel: 5, stride: 2, padding: "same" }),
  );
  expect(warnings({ generator: { layers } })).toEqual([
    {
      place: { section: "generator", layer: 4 },
      text: expect.stringMatching(
        /\(5\) is not divisible by its stride \(2\).*kernel of 6/,
      ) as string,
    },
  ]);
});

test("batch normalisation in a discriminator under a gradient penalty is named at its layer", () => {
  const [warning] = warnings({
    regularizers: [{ kind: "gradientPenalty", weight: 10, target: 1 }],
  });
  expect(warning?.place.section).toBe("discriminator");
  expect(base.discriminator.layers[warning?.place.layer ?? -1]?.kind).toBe("batchNorm");
  expect(warnings({ regularizers: [{ kind: "weightClip", limit: 1 }] })).toEqual([]);
});

describe("the generator's range", () => {
  const ending = (...end: Specification["generator"]["layers"]) =>
    warnings({ generator: { layers: [dense(784), ...end, reshape(28, 28, 1)] } });

  test("is told where negative values cannot be made", () => {
    expect(ending(sigmoid)[0]?.text).toMatch(/no values below 0/);
    expect(ending(relu)[0]?.place).toEqual({ section: "generator", layer: 1 });
  });
  test("is told where it has no bounds", () => {
    expect(ending()[0]?.text).toMatch(/Put tanh behind it/);
  });
});

test("batches of one leave batch normalisation nothing to measure", () => {
  const found = warnings({ loop: { ...base.loop, batchSize: 1 } });
  const norms = [...base.generator.layers, ...base.discriminator.layers].filter(
    ({ kind }) => kind === batchNorm().kind,
  );
  expect(found).toHaveLength(norms.length);
});

test("a Wasserstein critic without any limit is told of at the loss", () => {
  const loss = newLosses.wasserstein;
  expect(warnings({ loss })).toEqual([
    {
      place: { section: "loss", layer: null },
      text: expect.stringMatching(/limited slope/) as string,
    },
  ]);
  expect(warnings({ loss, regularizers: [{ kind: "weightClip", limit: 0.01 }] })).toEqual([]);
  const { discriminator } = presetOf("sngan-32").specification;
  expect(warnings({ loss, discriminator })).toEqual([]);
});

test("smoothing the label of generated images is told of", () => {
  expect(warnings({ loss: { ...newLosses.binaryCrossEntropy, fakeLabel: 0.1 } })).toHaveLength(1);
  expect(warnings({ loss: { ...newLosses.binaryCrossEntropy, realLabel: 0.9 } })).toEqual([]);
});

test("an augmentation's own warnings stand at the augmentation", () => {
  const augmentation = { ...newAugmentations.affine, flip: true };
  const [warning] = warnings({ data: { ...base.data, augmentation } }, ["0", "1"]);
  expect(warning?.place.section).toBe("augmentation");
  expect(warning?.text).toMatch(/Flipping/);
});
