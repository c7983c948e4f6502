import { describe, expect, it } from "vitest";
import { alignedLayers, sameArchitecture } from "../../../../main/spec/compare/architecture.ts";
import { layerText } from "../../../../main/spec/compare/layer-text.ts";
import type { Layer } from "../../../../main/spec/layers.ts";
import {
  batchNorm,
  conv2d,
  dense,
  dropout,
  flatten,
  leakyRelu,
  relu,
  tanh,
} from "../../../../main/spec/layers/shorthand.ts";

const rowsOf = (...networks: Layer[][]) =>
  alignedLayers(networks.map((layers) => ({ layers }))).map(({ layers, same }) => [
    ...layers.map((layer) => layer?.kind ?? null),
    same,
  ]);

describe("alignedLayers", () => {
  it("puts equal networks side by side, all rows the same", () => {
    const network = { layers: [dense(4), relu, dense(1)] };
    const rows = alignedLayers([network, network, network]);
    expect(rows).toHaveLength(3);
    expect(sameArchitecture(rows)).toBe(true);
  });

  it("gives an inserted layer a row of its own and keeps the others together", () => {
    expect(rowsOf([dense(4), relu, dense(1)], [dense(4), batchNorm(), relu, dense(1)])).toEqual([
      ["dense", "dense", true],
      [null, "batchNorm", false],
      ["relu", "relu", true],
      ["dense", "dense", true],
    ]);
  });

  it("pairs layers of one kind and tells which of their parameters differ", () => {
    const a = conv2d(64, { kernel: 4, stride: 2, padding: "same" });
    const b = conv2d(32, { kernel: 4, stride: 2, padding: "same" });
    const [row] = alignedLayers([{ layers: [a] }, { layers: [b] }]);
    expect(row).toMatchObject({ same: false, changes: [{ path: "filters", values: [64, 32] }] });
  });

  it("prefers the layer that is the very same to another one of its kind", () => {
    expect(rowsOf([dense(8), flatten], [dense(4), dense(8), flatten])).toEqual([
      [null, "dense", false],
      ["dense", "dense", true],
      ["flatten", "flatten", true],
    ]);
  });

  it("never pairs layers of different kinds", () => {
    const rows = rowsOf([relu], [tanh]);
    expect(rows).toHaveLength(2);
    expect(rows.every(([a, b]) => a === null || b === null)).toBe(true);
  });

  it("aligns a third network with what the first two have", () => {
    const rows = rowsOf([dense(4), relu], [dense(4), dropout(0.3), relu], [dropout(0.3), relu]);
    expect(rows).toEqual([
      ["dense", "dense", null, false],
      [null, "dropout", "dropout", false],
      ["relu", "relu", "relu", true],
    ]);
  });

  it("loses no layer and keeps each network's order", () => {
    const networks = [
      [relu, dense(1), tanh, dense(2), relu],
      [tanh, dense(2), dense(1), leakyRelu(0.2)],
      [dense(2), relu, relu, dense(1)],
    ];
    const rows = alignedLayers(networks.map((layers) => ({ layers })));
    networks.forEach((layers, place) => {
      expect(rows.flatMap((row) => row.layers[place] ?? [])).toEqual(layers);
    });
  });
});

it("tells a layer in a few words", () => {
  expect(layerText(conv2d(64, { kernel: 4, stride: 2, padding: "same" }))).toBe(
    "Convolution, 64 filters, kernel 4, stride 2, same",
  );
  expect(layerText(flatten)).toBe("Flatten");
});
