import { expect, it } from "vitest";
import {
  differencesOf,
  settingsThatDiffer,
  settingText,
} from "../../../../main/spec/compare/settings.ts";
import { presetOf } from "../../../../main/spec/presets.ts";

const specification = presetOf("lsgan-dc").specification;

it("finds nothing between equal settings", () => {
  expect(settingsThatDiffer([specification, structuredClone(specification)])).toEqual([]);
});

it("names each setting that differs by its path, with all values in order", () => {
  const other = {
    ...specification,
    seed: 9,
    optimizers: {
      ...specification.optimizers,
      generator: { ...specification.optimizers.generator, learningRate: 0.5 },
    },
  };
  const { learningRate } = specification.optimizers.generator;
  expect(settingsThatDiffer([specification, other, specification])).toEqual([
    { path: "seed", values: [specification.seed, 9, specification.seed] },
    {
      path: "optimizers.generator.learningRate",
      values: [learningRate, 0.5, learningRate],
    },
  ]);
});

it("leaves the layers to the comparison of architectures", () => {
  const other = { ...specification, generator: { layers: [] } };
  expect(settingsThatDiffer([specification, other as never])).toEqual([]);
});

it("shows what only some have as missing in the others", () => {
  const clipped = { regularizers: [{ kind: "weightClip", limit: 0.01 }] };
  expect(differencesOf([{ regularizers: [] }, clipped])).toEqual([
    { path: "regularizers[0].kind", values: [undefined, "weightClip"] },
    { path: "regularizers[0].limit", values: [undefined, 0.01] },
  ]);
});

it("takes a list of numbers as one setting", () => {
  expect(differencesOf([{ milestones: [1, 2] }, { milestones: [1, 2, 3] }])).toEqual([
    { path: "milestones", values: ["1, 2", "1, 2, 3"] },
  ]);
});

it("does not take null for missing, nor a number for its text", () => {
  expect(differencesOf([{ a: null }, {}])).toEqual([{ path: "a", values: [null, undefined] }]);
  expect(differencesOf([{ a: 1 }, { a: "1" }])).toHaveLength(1);
});

it("writes values as people read them", () => {
  expect([undefined, null, true, false, 0.5, "adam"].map(settingText)).toEqual([
    ...["–", "none", "yes", "no", "0.5", "adam"],
  ]);
});
