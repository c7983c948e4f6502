// @vitest-environment node
import { describe, expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";
import {
  dataPlan,
  fieldProblems,
  fieldsOf,
  specificationOf,
} from "../../../renderer/design/draft.ts";
import { exampleDataset } from "../examples.ts";

const { specification: base } = presetOf("lsgan-dc");
const fields = fieldsOf(base);

test("an unchanged draft is the preset itself", () => {
  expect(specificationOf(base, fields, exampleDataset())).toEqual(base);
  expect(specificationOf(base, fields, null)).toEqual(base);
});

test("changed fields arrive where they belong", () => {
  const changed = parseSpecification(
    specificationOf(
      base,
      { epochs: 3, batchSize: 64, seed: 7, generatorRate: 2e-4, discriminatorRate: 1e-4 },
      exampleDataset({ source: { kind: "idx", path: "/data/mnist" } }),
    ),
  );
  expect(changed.loop).toEqual({ ...base.loop, epochs: 3, batchSize: 64 });
  expect(changed.seed).toBe(7);
  expect(changed.optimizers.generator.learningRate).toBe(2e-4);
  expect(changed.optimizers.discriminator.learningRate).toBe(1e-4);
  expect(changed.data.source).toEqual({ kind: "idx", path: "/data/mnist" });
});

test("images of another size are told, with both shapes", () => {
  const large = exampleDataset({ image: { height: 64, width: 64, channels: 3 } });
  expect(() => parseSpecification(specificationOf(base, fields, large))).toThrow(
    /gives 28×28×1, but the images are 64×64×3/,
  );
});

describe("problems of fields", () => {
  test("a usable draft has none", () => {
    expect(fieldProblems(fields)).toEqual({});
  });

  test("each field that cannot be used is named, with what it takes", () => {
    expect(
      fieldProblems({
        epochs: 0,
        batchSize: 2.5,
        seed: -1,
        generatorRate: -0.1,
        discriminatorRate: null,
      }),
    ).toEqual({
      epochs: "A whole number, 1 to 1,000,000.",
      batchSize: "A whole number, 1 to 65,536.",
      seed: "A whole number, 0 to 2,147,483,647.",
      generatorRate: "A number of 0 or more.",
      discriminatorRate: "Type a number.",
    });
  });

  test("what passes here also passes the specification's own check", () => {
    for (const seed of [0, 0x7fffffff])
      for (const epochs of [1, 1_000_000]) {
        const edge = { ...fields, seed, epochs, batchSize: 65_536, generatorRate: 0 };
        expect(fieldProblems(edge)).toEqual({});
        expect(() => parseSpecification(specificationOf(base, edge, null))).not.toThrow();
      }
  });
});

test("the plan counts what is trained on, kept aside and dropped", () => {
  expect(dataPlan(base, 20_000)).toEqual({ training: 18_182, validation: 1818, batches: 142 });
  const keep = { ...base, loop: { ...base.loop, lastBatch: "keep" as const } };
  expect(dataPlan(keep, 20_000).batches).toBe(143);
});
