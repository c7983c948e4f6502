// @vitest-environment node
import * as v from "valibot";
import { describe, expect, test } from "vitest";
import { newLayers } from "../../../main/spec/defaults.ts";
import { documentSchema } from "../../../main/spec/document.ts";
import { layerSchema } from "../../../main/spec/layers.ts";
import { optimizerSchema } from "../../../main/spec/optimizers.ts";
import {
  fieldsOf,
  fitsNumber,
  formOf,
  numberRule,
  numbersOf,
  type NumberForm,
} from "../../../renderer/design/schema-form.ts";

test("every field of every layer has a form", () => {
  const form = formOf(layerSchema);
  for (const layer of Object.values(newLayers)) {
    const names = fieldsOf(form, layer).map(({ name }) => name);
    expect(names.toSorted()).toEqual(
      Object.keys(layer)
        .filter((name) => name !== "kind")
        .toSorted(),
    );
    for (const field of fieldsOf(form, layer)) expect(field.form.kind).not.toBe("other");
  }
});

test("kinds that share their fields are both offered", () => {
  const schedule = formOf(optimizerSchema.options[0].entries.schedule);
  expect(schedule.kind === "kinds" && schedule.options.map(({ value }) => value)).toEqual([
    "constant",
    "multiStep",
    "linear",
    "cosine",
  ]);
});

test("the whole document can be read, down to what may be left out", () => {
  const form = formOf(documentSchema);
  const loop = fieldsOf(form, {}).find(({ name }) => name === "loop")?.form;
  const steps = loop && fieldsOf(loop, {}).find(({ name }) => name === "steps")?.form;
  expect(steps).toMatchObject({ kind: "optional", form: { kind: "number", most: 1_000_000_000 } });
});

test("a schema that no form is known for is refused, not shown as nothing", () => {
  expect(() => formOf(v.strictObject({ when: v.date() }))).toThrow(/schemas of type «date»/);
});

describe("numbers", () => {
  const number = (schema: v.GenericSchema) => formOf(schema) as NumberForm;
  const whole = number(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(65_536)));
  const open = number(v.pipe(v.number(), v.gtValue(0), v.maxValue(1)));
  const below = number(v.pipe(v.number(), v.minValue(0), v.ltValue(1)));
  const rate = number(v.pipe(v.number(), v.finite(), v.minValue(0)));

  test("are described by what they may be", () => {
    expect(numberRule(whole)).toBe("A whole number, 1 to 65,536.");
    expect(numberRule(open)).toBe("A number, above 0 and at most 1.");
    expect(numberRule(below)).toBe("A number, 0 or more and below 1.");
    expect(numberRule(rate)).toBe("A number of 0 or more.");
    expect(numberRule(number(v.number()))).toBe("A number.");
  });

  test("fit exactly where the schema takes them", () => {
    expect([0, 1, 1.5, 65_536, 65_537, null, NaN].map((value) => fitsNumber(whole, value))).toEqual(
      [...[false, true, false, true, false], ...[false, false]],
    );
    expect([0, 0.001, 1].map((value) => fitsNumber(open, value))).toEqual([false, true, true]);
    expect([0, 0.999, 1].map((value) => fitsNumber(below, value))).toEqual([true, true, false]);
    expect(fitsNumber(rate, Infinity)).toBe(false);
  });

  test("in lists stand between commas, spaces or crosses", () => {
    expect(numbersOf("20, 50,80")).toEqual([20, 50, 80]);
    expect(numbersOf(" 7×7×128 ")).toEqual([7, 7, 128]);
    expect(numbersOf("")).toEqual([]);
    expect(numbersOf("7, x")).toBeNull();
  });
});
