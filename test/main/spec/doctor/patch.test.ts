import { expect, test } from "vitest";
import { patched } from "../../../../main/spec/doctor/patch.ts";
import { presetOf } from "../../../../main/spec/presets.ts";

const { specification } = presetOf("dcgan-bce");

test("a patch changes what it names and leaves the rest, also of the argument", () => {
  const before = structuredClone(specification);
  const changed = patched(specification, {
    optimizers: { discriminator: { learningRate: 1e-5 } },
  }) as typeof specification;
  expect(changed.optimizers.discriminator).toEqual({
    ...specification.optimizers.discriminator,
    learningRate: 1e-5,
  });
  expect(changed.optimizers.generator).toEqual(specification.optimizers.generator);
  expect(specification).toEqual(before);
});

test("a variant of another kind takes the place of the old one", () => {
  const loss = { kind: "wasserstein", terms: "sum", flipRate: 0 };
  expect((patched(specification, { loss }) as typeof specification).loss).toEqual(loss);
});

test("lists are replaced, and null is a value", () => {
  const changed = patched({ list: [1, 2], limit: 3 }, { list: [], limit: null });
  expect(changed).toEqual({ list: [], limit: null });
});
