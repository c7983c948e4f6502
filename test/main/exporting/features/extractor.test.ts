/** Networks that users name for features: real files through the real runtimes, and files that are none. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { largestDifference } from "../../../../main/exporting/difference.ts";
import { openFeatures } from "../../../../main/exporting/features/extractor.ts";
import {
  defaultOptions,
  type ExportFormat,
  type ExportOptions,
} from "../../../../main/exporting/format.ts";
import { exportModel, type ExportSource } from "../../../../main/exporting/model.ts";
import { onnx } from "../../../../main/exporting/onnx/onnx.ts";
import { engineOutput } from "../../../../main/exporting/reference.ts";
import { tfjs } from "../../../../main/exporting/tfjs/tfjs.ts";
import { words } from "../../../../main/random/philox.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { trainedLike } from "../../../support/trained-like.ts";

beforeAll(() => loadBackend("auto"));

function sourceOf(preset: string, player: ExportSource["player"] = "discriminator"): ExportSource {
  const specification = scaledDown(presetOf(preset).specification);
  const state = trainedLike(specification);
  return { specification, state, player, useAverage: false, facts: {} };
}

/** The network's file, and what must lie beside it. */
async function written(
  source: ExportSource,
  format: ExportFormat,
  options: Partial<ExportOptions> = {},
): Promise<string> {
  const folder = temporaryFolder();
  const files = await format.write(exportModel(source), { ...defaultOptions, ...options });
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const main = files.find(({ path }) => /\.onnx$|model\.json$/.test(path));
  return join(folder, main?.path ?? "");
}

const colour = { height: 16, width: 16, channels: 3 } as const;
const grey = { height: 28, width: 28, channels: 1 } as const;
const count = 70;
const images = Float32Array.from(
  words([3, 4], count * 16 * 16 * 3),
  (word) => (word / 2 ** 32) * 2 - 1,
);

describe("features by a file", () => {
  it.each([
    ["an ONNX file", onnx, {}],
    ["an ONNX file for batches of three", onnx, { batch: 3 }],
    ["a layers model", tfjs, {}],
  ])("are what the network in %s says of each image", async (_, format, options) => {
    const source = sourceOf("conv16");
    const file = await written(source, format, options);
    const features = await openFeatures(file, colour);
    expect(features.size).toBe(1);
    expect(features.hash).toMatch(/^[0-9a-f]{16}$/);
    const expected = await engineOutput(source, { values: images, count });
    expect(largestDifference(expected, await features.look(images))).toBeLessThan(1e-5);
    await features.dispose();
  });

  it("have another fingerprint with other weights", async () => {
    const source = sourceOf("conv16");
    const state = Object.fromEntries(
      Object.entries(source.state).map(([name, { shape, values }]) => [
        name,
        { shape, values: values.map((value) => value + 0.01) },
      ]),
    );
    const [one, same, other] = await Promise.all(
      [source, source, { ...source, state }].map(async (from) => {
        const features = await openFeatures(await written(from, onnx), colour);
        await features.dispose();
        return features.hash;
      }),
    );
    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });
});

describe("a network that does not fit is refused with what it takes", () => {
  it.each([
    ["images of another size", "conv16", "discriminator", /input is n×3×16×16.*images of 28×28×1/],
    ["noise", "conv16", "generator", /input is n×100\b/],
    ["classes too", "cdcgan", "discriminator", /has 2 inputs/],
  ] as const)("%s", async (_, preset, player, message) => {
    const file = await written(sourceOf(preset, player), onnx);
    await expect(openFeatures(file, grey)).rejects.toMatchObject({
      code: "export.mismatch",
      message: expect.stringMatching(message) as string,
    });
  });

  it("a layers model for other images", async () => {
    const file = await written(sourceOf("conv16"), tfjs);
    await expect(openFeatures(file, grey)).rejects.toThrow(/takes 16×16×3.*images of 28×28×1/);
  });

  it("more features than sets can be compared by", async () => {
    const file = join(temporaryFolder(), "model.json");
    writeFileSync(file, flattening([64, 64, 1]));
    const large = { height: 64, width: 64, channels: 1 } as const;
    await expect(openFeatures(file, large)).rejects.toThrow(/gives 4,096 numbers/);
  });
});

describe("a file that is no such network is refused", () => {
  it.each([
    ["features.pt", "PK\u0003\u0004", /is not opened: features are computed by/],
    ["features.onnx", "not a network", /no ONNX file that runs here/],
    ["model.json", "{", /no TensorFlow\.js layers model/],
    ["model.json", '{"modelTopology":{},"weightsManifest":[]}', /no layers model that runs here/],
    [
      "model.json",
      '{"modelTopology":{},"weightsManifest":[{"paths":["../../secret"],"weights":[]}]}',
      /no TensorFlow\.js layers model/,
    ],
  ])("%s: %s", async (name, text, message) => {
    const file = join(temporaryFolder(), name);
    writeFileSync(file, text);
    await expect(openFeatures(file, grey)).rejects.toMatchObject({
      code: "export.unreadable",
      message: expect.stringMatching(message) as string,
    });
  });

  it("where there is none", async () => {
    const file = join(temporaryFolder(), "gone.onnx");
    await expect(openFeatures(file, grey)).rejects.toThrow(
      /gone\.onnx cannot be read: it does not/,
    );
  });
});

/** A layers model of another program: its pixels are its features. */
const flattening = (shape: number[]): string =>
  JSON.stringify({
    modelTopology: {
      class_name: "Sequential",
      config: {
        name: "pixels",
        layers: [
          {
            class_name: "Flatten",
            config: { name: "flatten", trainable: true, batch_input_shape: [null, ...shape] },
          },
        ],
      },
    },
    weightsManifest: [],
  });
