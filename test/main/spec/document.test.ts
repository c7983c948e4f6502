import * as v from "valibot";
import { expect, test } from "vitest";
import { documentSchema } from "../../../main/spec/document.ts";
import { presetOf, presets } from "../../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../../main/spec/specification.ts";

const base = presetOf("vanilla-mlp").specification;

test("every preset has the document's form, and nothing is lost in reading it", () => {
  for (const { specification } of presets)
    expect(v.parse(documentSchema, specification)).toEqual(specification);
});

test("networks that do not fit have the form too", () => {
  const layers = [...base.generator.layers, { kind: "relu" as const }];
  const unfit: Specification = {
    ...base,
    latent: { ...base.latent, size: 7 },
    generator: { layers: layers.slice(4) },
  };
  expect(v.is(documentSchema, unfit)).toBe(true);
  expect(v.is(documentSchema, { ...base, generator: { layers: [] } })).toBe(false);
});

test("the form's limits are those of the specification", () => {
  const edges: [outside: boolean, changes: Record<string, unknown>][] = [
    [false, { seed: 0x7fffffff }],
    [true, { seed: 0x80000000 }],
    [false, { loop: { ...base.loop, batchSize: 65_536, epochs: 1_000_000, steps: 1_000_000_000 } }],
    [true, { loop: { ...base.loop, batchSize: 65_537 } }],
    [true, { loop: { ...base.loop, epochs: 1_000_001 } }],
    [true, { loop: { ...base.loop, discriminatorSteps: 1001 } }],
    [true, { loop: { ...base.loop, more: 1 } }],
    [false, { outputs: { ...base.outputs, fixedSamples: 1024 } }],
    [true, { outputs: { ...base.outputs, fixedSamples: 1025 } }],
    [true, { latent: { ...base.latent, size: 65_537 } }],
    [true, { generatorAverage: { decay: 1 } }],
    [true, { version: 2 }],
    [true, { further: 1 }],
  ];
  for (const [outside, changes] of edges) {
    const document = { ...base, ...changes };
    expect(v.is(documentSchema, document), JSON.stringify(changes)).toBe(!outside);
    if (outside) expect(() => parseSpecification(document)).toThrow();
    else expect(() => parseSpecification(document)).not.toThrow();
  }
});
