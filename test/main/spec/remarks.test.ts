import { expect, test } from "vitest";
import { newLosses } from "../../../main/spec/defaults.ts";
import { dense, sigmoid } from "../../../main/spec/layers/shorthand.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { remarksOn } from "../../../main/spec/remarks.ts";
import { inferSpecification, type Specification } from "../../../main/spec/specification.ts";

const base = presetOf("lsgan-dc").specification;
const on = (changes: Partial<Specification>) => remarksOn({ ...base, ...changes }, []);
const problems = (changes: Partial<Specification>) =>
  on(changes).filter(({ tone }) => tone === "problem");

test("no preset has a problem", () => {
  for (const { specification } of presets)
    expect(remarksOn(specification, []).filter(({ tone }) => tone === "problem")).toEqual([]);
});

test("a layer that does not fit has its problem at its place", () => {
  const layers = base.discriminator.layers.filter(({ kind }) => kind !== "flatten");
  const [problem, ...more] = problems({ discriminator: { layers } });
  expect(more).toEqual([]);
  expect(problem?.place).toEqual({ section: "discriminator", layer: 6 });
  expect(problem?.text).toMatch(/put a flatten layer before it/);
});

test("ends that do not fit are told at the network, with both shapes", () => {
  const [made] = problems({ image: { height: 32, width: 32, channels: 3 } });
  expect(made?.place).toEqual({ section: "generator", layer: null });
  expect(made?.text).toMatch(/gives 28×28×1, but the images are 32×32×3/);
  const layers = [...base.discriminator.layers, dense(2)];
  const [answer] = problems({ discriminator: { layers } });
  expect(answer?.place).toEqual({ section: "discriminator", layer: null });
  expect(answer?.text).toMatch(/must give one number/);
});

test("a sigmoid with a loss on logits stands at the sigmoid, a missing one at the end", () => {
  const layers = [...base.discriminator.layers, sigmoid];
  expect(problems({ discriminator: { layers } })[0]?.place).toEqual({
    section: "discriminator",
    layer: layers.length - 1,
  });
  const loss = { ...newLosses.binaryCrossEntropy, on: "probabilities" } as const;
  expect(problems({ loss })[0]?.text).toMatch(/needs a sigmoid/);
  expect(problems({ loss, discriminator: { layers } })).toEqual([]);
});

test("what has no place is told of the whole", () => {
  const loop = { ...base.loop, batchSize: 65_536 };
  const layers = [dense(1_048_576), ...base.generator.layers];
  const [problem] = problems({ loop, generator: { layers } });
  expect(problem?.place).toEqual({ section: "whole", layer: null });
});

test("there is a problem exactly where the specification is refused", () => {
  const cases: Partial<Specification>[] = [
    {},
    { image: { height: 8, width: 8, channels: 1 } },
    { loss: { ...newLosses.binaryCrossEntropy, on: "probabilities" } },
    { loss: newLosses.hinge },
    { latent: { ...base.latent, size: 3 } },
    { conditioning: { classes: 10, discriminator: "oneHot" } },
    { conditioning: { classes: 10, discriminator: "channels" } },
  ];
  for (const changes of cases) {
    const isRefused = problems(changes).length > 0;
    const infer = () => inferSpecification({ ...base, ...changes });
    if (isRefused) expect(infer, JSON.stringify(changes)).toThrow();
    else expect(infer, JSON.stringify(changes)).not.toThrow();
  }
});
