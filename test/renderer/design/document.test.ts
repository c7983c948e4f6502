// @vitest-environment node
import { describe, expect, test } from "vitest";
import { newLayers, newLosses, newOptimizers } from "../../../main/spec/defaults.ts";
import { layerSchema } from "../../../main/spec/layers.ts";
import { lossSchema } from "../../../main/spec/losses.ts";
import { optimizerSchema } from "../../../main/spec/optimizers.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import {
  dataPlan,
  datasetOf,
  differsFromPreset,
  isPrepared,
  withDataset,
  withImage,
  withKind,
  withLayer,
  withMovedLayer,
  withoutLayer,
  withValue,
} from "../../../renderer/design/document.ts";
import { exampleDataset } from "../examples.ts";

const base = presetOf("lsgan-dc").specification;
const kinds = ({ generator }: Specification) => generator.layers.map(({ kind }) => kind).join(" ");
const place = (layer: number, network: "generator" | "discriminator" = "generator") => ({
  network,
  layer,
});
const short: Specification = {
  ...base,
  generator: { layers: [newLayers.dense, newLayers.relu, newLayers.tanh] },
};

test("a value at a path changes nothing beside it", () => {
  const changed = withValue(base, ["generator", "layers", 0, "units"], 7);
  expect(changed.generator.layers[0]).toMatchObject({ kind: "dense", units: 7 });
  expect(changed.generator.layers[1]).toBe(base.generator.layers[1]);
  expect(changed.discriminator).toBe(base.discriminator);
  expect(base.generator.layers[0]).toMatchObject({ units: 1024 });
});

describe("layers", () => {
  test("are put before a place, and taken out", () => {
    expect(kinds(withLayer(short, "generator", 1, newLayers.flatten))).toBe(
      "dense flatten relu tanh",
    );
    expect(kinds(withLayer(short, "generator", 3, newLayers.flatten))).toBe(
      "dense relu tanh flatten",
    );
    expect(kinds(withoutLayer(short, "generator", 1))).toBe("dense tanh");
  });

  test("move before another one, down as well as up", () => {
    expect(kinds(withMovedLayer(short, place(0), place(3)))).toBe("relu tanh dense");
    expect(kinds(withMovedLayer(short, place(2), place(0)))).toBe("tanh dense relu");
    expect(kinds(withMovedLayer(short, place(0), place(2)))).toBe("relu dense tanh");
  });

  test("that land where they are, or do not exist, change nothing", () => {
    expect(withMovedLayer(short, place(1), place(1))).toBe(short);
    expect(withMovedLayer(short, place(1), place(2))).toBe(short);
    expect(withMovedLayer(short, place(9), place(0))).toBe(short);
  });

  test("move to the other network, but never the last one away", () => {
    const moved = withMovedLayer(short, place(1), place(0, "discriminator"));
    expect(kinds(moved)).toBe("dense tanh");
    expect(moved.discriminator.layers[0]).toBe(newLayers.relu);
    const single = { ...short, generator: { layers: [newLayers.dense] } };
    expect(withMovedLayer(single, place(0), place(0, "discriminator"))).toBe(single);
    expect(withoutLayer(single, "generator", 0)).toBe(single);
  });
});

describe("a change of kind", () => {
  test("keeps what both kinds know", () => {
    const rates = withKind(
      optimizerSchema,
      { ...newOptimizers.adam, learningRate: 3e-4 },
      newOptimizers.rmsprop,
    );
    expect(rates).toMatchObject({ kind: "rmsprop", learningRate: 3e-4, decay: 0.99 });
    const loss = withKind(
      lossSchema,
      { ...newLosses.leastSquares, terms: "mean" as const },
      newLosses.hinge,
    );
    expect(loss).toEqual({ kind: "hinge", terms: "mean", flipRate: 0 });
  });

  test("keeps nothing that the new kind may not hold", () => {
    const unfit = { ...newLosses.leastSquares, realLabel: 5 };
    expect(withKind(lossSchema, unfit, newLosses.binaryCrossEntropy)).toBe(
      newLosses.binaryCrossEntropy,
    );
    expect(withKind(layerSchema, { kind: "elu", alpha: 5 }, newLayers.leakyRelu)).toBe(
      newLayers.leakyRelu,
    );
  });
});

describe("data", () => {
  const photos = exampleDataset({
    id: "photos",
    source: { kind: "folder", path: "/photos", filter: "", height: 64, width: 64, channels: 3 },
    image: { height: 64, width: 64, channels: 3 },
  });
  const idx = exampleDataset({
    id: "idx",
    source: { kind: "idx", path: "/mnist" },
    image: { height: 32, width: 32, channels: 1 },
  });

  test("of a fixed size decides the image size", () => {
    const changed = withDataset(base, idx);
    expect(changed.image).toEqual(idx.image);
    expect(changed.data.source).toEqual(idx.source);
    expect(isPrepared(changed, [idx])).toBe(true);
  });

  test("of other channels is drawn with as many, which is no change of the preset", () => {
    const colour = { ...base.image, channels: 3 } as const;
    const changed = withDataset(base, { ...idx, image: colour });
    expect(changed.generator.layers.at(-2)).toMatchObject({ filters: 3 });
    expect(differsFromPreset(changed)).toBe(false);
    expect(withDataset(changed, { ...idx, image: base.image }).generator).toEqual(base.generator);
  });

  test("of pictures is asked for at the size that the networks make", () => {
    const changed = withDataset(base, photos);
    expect(changed.image).toEqual(base.image);
    expect(changed.data.source).toMatchObject({
      path: "/photos",
      height: 28,
      width: 28,
      channels: 1,
    });
    expect(datasetOf(changed.data, [idx, photos])).toBe(photos);
    expect(isPrepared(changed, [photos])).toBe(false);
    const small = { ...photos, id: "small", source: changed.data.source, image: base.image };
    expect(datasetOf(changed.data, [photos, small])).toBe(small);
    expect(isPrepared(changed, [photos, small])).toBe(true);
  });

  test("of pictures follows a change of the image size", () => {
    const size = { height: 64, width: 48, channels: 3 } as const;
    const changed = withImage(withDataset(base, photos), size);
    expect(changed.data.source).toMatchObject(size);
    expect(withImage(base, size).data.source).toBe(base.data.source);
  });

  test("of pictures in other colours is drawn with as many channels", () => {
    const grey = withDataset(base, photos);
    const coloured = withImage(grey, { ...base.image, channels: 3 });
    expect(coloured.generator.layers.at(-2)).toMatchObject({ filters: 3 });
    expect(coloured.data.source).toMatchObject({ channels: 3 });
    expect(withImage(coloured, base.image)).toEqual(grey);
  });

  test("that is not on the list is nobody's", () => {
    expect(datasetOf(withDataset(base, idx).data, [photos])).toBeNull();
  });

  test("is planned: trained on, kept aside, batches, steps", () => {
    expect(dataPlan(base, 20_000)).toEqual({
      ...{ training: 18_182, validation: 1818 },
      ...{ batches: 142, steps: 142 },
    });
    const loop = { ...base.loop, lastBatch: "keep", discriminatorSteps: 5 } as const;
    expect(dataPlan({ ...base, loop }, 20_000)).toMatchObject({ batches: 143, steps: 28 });
  });
});

test("a preset counts as changed by its settings, not by the data", () => {
  expect(differsFromPreset(base)).toBe(false);
  expect(
    differsFromPreset(withDataset(base, exampleDataset({ source: { kind: "idx", path: "/x" } }))),
  ).toBe(false);
  expect(differsFromPreset(withValue(base, ["seed"], 5))).toBe(true);
  expect(differsFromPreset({ ...base, seed: 5, preset: null })).toBe(false);
});
