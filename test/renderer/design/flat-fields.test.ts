// @vitest-environment node
import { expect, test } from "vitest";
import {
  newInitializers,
  newLayers,
  newOptimizers,
  newSchedules,
} from "../../../main/spec/defaults.ts";
import { loopSchema } from "../../../main/spec/document.ts";
import { layerSchema } from "../../../main/spec/layers.ts";
import { optimizerSchema } from "../../../main/spec/optimizers.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { flatFields } from "../../../renderer/design/flat-fields.ts";
import { fieldsOf, formOf } from "../../../renderer/design/schema-form.ts";

const notNull = (_path: unknown, value: unknown) => value !== null;

test("the fields of a kind stand behind its choice, with their whole path", () => {
  const layer = { ...newLayers.dense, kernelInitializer: newInitializers.normal };
  const fields = flatFields(fieldsOf(formOf(layerSchema), layer), layer, ["layers", 0], notNull);
  expect(fields.map(({ role, path }) => `${role} ${path.join(".")}`)).toEqual([
    "field layers.0.units",
    "kind layers.0.kernelInitializer",
    "field layers.0.kernelInitializer.mean",
    "field layers.0.kernelInitializer.standardDeviation",
    "kind layers.0.biasInitializer",
    "field layers.0.spectralNorm",
  ]);
});

test("a part may go by another name than its field", () => {
  const value = { generator: { ...newOptimizers.sgd, schedule: newSchedules.cosine } };
  const field = { name: "generator", as: "optimizer", form: formOf(optimizerSchema) };
  const [first, ...others] = flatFields([field], value, ["optimizers"], notNull);
  expect(first).toMatchObject({
    name: "optimizer",
    title: "Optimizer",
    path: ["optimizers", "generator"],
  });
  expect(others.at(-1)).toMatchObject({
    path: ["optimizers", "generator", "schedule", "endFactor"],
  });
});

test("an optional field is there while it is on, though it may be empty", () => {
  const { loop } = presetOf("lsgan-dc").specification;
  const fields = fieldsOf(formOf(loopSchema), loop).filter(({ name }) => name === "steps");
  const roles = (isOn: boolean) =>
    flatFields(fields, loop, ["loop"], () => isOn).map(({ role }) => role);
  expect(roles(false)).toEqual(["switch"]);
  expect(roles(true)).toEqual(["switch", "field"]);
});
