import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan } from "../../../main/engine/gan.ts";
import { latentVectors, sheetLabels } from "../../../main/engine/latent.ts";
import { largestDifference } from "../../../main/exporting/difference.ts";
import { defaultOptions, type ExportedFile } from "../../../main/exporting/format.ts";
import { readModelFiles } from "../../../main/exporting/import.ts";
import { readMetadata } from "../../../main/exporting/metadata.ts";
import { exportModel, type ExportSource } from "../../../main/exporting/model.ts";
import { engineOutput } from "../../../main/exporting/reference.ts";
import { safetensors } from "../../../main/exporting/safetensors/safetensors.ts";
import { tfjs } from "../../../main/exporting/tfjs/tfjs.ts";
import { newLayers } from "../../../main/spec/defaults.ts";
import { dense, reshape, tanh } from "../../../main/spec/layers/shorthand.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../../main/spec/specification.ts";
import { scaledDown } from "../../support/scaled-down.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { trainedState } from "../../support/trained-state.ts";

await loadBackend("auto");

function sourceOf(specification: Specification): ExportSource {
  const state = trainedState(buildGan(specification));
  return { specification, state, player: "generator", useAverage: true, facts: { step: "48" } };
}

function save(files: readonly ExportedFile[]): string {
  const folder = temporaryFolder();
  for (const { path, content } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** Spectral norm, layer norm, an average, classes: what exports change on their way. */
const rich = parseSpecification({
  ...smallSpecification(),
  conditioning: { classes: 3, discriminator: "oneHot" },
  generatorAverage: { decay: 0.9 },
  generator: {
    layers: [
      ...[{ ...dense(98), spectralNorm: true }, newLayers.layerNorm, reshape(7, 7, 2)],
      ...[newLayers.layerNorm, { ...newLayers.conv2dTranspose, filters: 4, spectralNorm: true }],
      ...[newLayers.batchNorm, newLayers.relu, { ...newLayers.conv2dTranspose, filters: 1 }, tanh],
    ],
  },
});

describe("a generator that was exported", () => {
  for (const format of [safetensors, tfjs]) {
    for (const half of [false, true]) {
      it(`draws the same from ${format.id}${half ? " in half precision, nearly" : ""}`, async () => {
        for (const specification of [rich, scaledDown(presetOf("lsgan-dc").specification)]) {
          const source = sourceOf(specification);
          const files = await format.write(exportModel(source), { ...defaultOptions, half });
          const read = await readModelFiles(save(files));
          const labels = sheetLabels(specification, 3);
          const inputs = {
            ...{ values: latentVectors(specification.latent, 3, [1, 2]), count: 3 },
            ...(labels && { labels: Int32Array.from(labels) }),
          };
          const drawn = await engineOutput({ ...read, useAverage: false }, inputs);
          const difference = largestDifference(await engineOutput(source, inputs), drawn);
          expect(difference).toBeLessThan(half ? 2e-2 : 1e-6);
          expect(read.facts.step).toBe("48");
        }
      });
    }
  }

  it("does not tell where its data lay", async () => {
    const source = { kind: "idx", path: "/home/ada/secret/mnist" } as const;
    const specification = { ...rich, data: { ...rich.data, source } };
    const files = await tfjs.write(exportModel(sourceOf(specification)), defaultOptions);
    for (const { content } of files) {
      expect(Buffer.from(content).includes("/home/ada")).toBe(false);
    }
  });
});

it("names no place of this machine, whatever its file says", () => {
  const specification = JSON.stringify({
    ...rich,
    data: { ...rich.data, source: { kind: "idx", path: "/home/ada/secret/mnist" } },
  });
  const told = { format: "gan-studio-model", version: "1", network: "generator", specification };
  const read = readMetadata(told, "made.safetensors");
  expect(read.specification.data.source).toEqual({ kind: "idx", path: "mnist" });
});

describe("a file that is no export", () => {
  const pickle = Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 7, 0x8c, 2, 0x6f, 0x73);
  const header = (text: string) => {
    const bytes = new TextEncoder().encode(text);
    const file = new Uint8Array(8 + bytes.length);
    new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
    file.set(bytes, 8);
    return file;
  };
  const naming = (paths: string[]) =>
    new TextEncoder().encode(
      JSON.stringify({
        modelTopology: {},
        weightsManifest: [{ paths, weights: [] }],
        userDefinedMetadata: { format: "gan-studio-model" },
      }),
    );
  const hostile: [what: string, name: string, content: Uint8Array | null, message: RegExp][] = [
    ["a pickle", "model.pkl", pickle, /can hold code/],
    ["a PyTorch checkpoint", "model.pth", pickle, /safetensors/],
    ["a pickle under another name", "model.safetensors", pickle, /can hold code/],
    [
      "a newer PyTorch file under another name",
      "model.json",
      Uint8Array.of(80, 75, 3, 4, 0, 0, 0, 0),
      /can hold code/,
    ],
    ["weights of somebody else", "other.safetensors", header("{}"), /not exported by GAN Studio/],
    ["a cut file", "cut.safetensors", header("{}").subarray(0, 5), /too short|damaged/],
    ["a header without end", "long.safetensors", new Uint8Array(16).fill(255), /impossible length/],
    [
      "a model of somebody else",
      "model.json",
      new TextEncoder().encode("{}"),
      /no TensorFlow.js model that GAN Studio/,
    ],
    ["text that is no JSON", "model.json", new TextEncoder().encode("hello"), /not JSON/],
    [
      "a path out of its folder",
      "model.json",
      naming(["../../etc/passwd"]),
      /no TensorFlow.js model that GAN Studio/,
    ],
    ["a missing part", "model.json", naming(["group1-shard1of1.bin"]), /does not exist/],
    ["a picture", "image.png", Uint8Array.of(137, 80, 78, 71), /cannot be opened/],
    ["nothing", "gone.safetensors", null, /does not exist/],
  ];
  for (const [what, name, content, message] of hostile) {
    it(`is refused with a sentence: ${what}`, async () => {
      const path = join(temporaryFolder(), name);
      if (content) writeFileSync(path, content);
      const opened = readModelFiles(path);
      await expect(opened).rejects.toMatchObject({ code: "export.unreadable" });
      await expect(opened).rejects.toThrow(message);
    });
  }

  it("is refused before it is read: more than the memory could hold", async () => {
    const folder = save([
      {
        path: "model.json",
        content: Uint8Array.from(naming(new Array<string>(3).fill("large.bin"))),
      },
      { path: "large.bin", content: new Uint8Array(1) },
    ]);
    truncateSync(join(folder, "large.bin"), 2 ** 29);
    await expect(readModelFiles(folder)).rejects.toThrow(/larger than any network/);
  });

  it.skipIf(process.platform === "win32")("is refused: a device, which never ends", async () => {
    const path = join(temporaryFolder(), "model.safetensors");
    symlinkSync("/dev/zero", path);
    await expect(readModelFiles(path)).rejects.toThrow(/a device or pipe/);
  });

  it("is refused: a folder without a model", async () => {
    await expect(readModelFiles(temporaryFolder())).rejects.toThrow(/holds neither/);
  });

  it("is refused wherever its text was changed", async () => {
    const [model, weights] = await tfjs.write(exportModel(sourceOf(rich)), defaultOptions);
    const text = new TextDecoder().decode(model?.content);
    const changes: [from: string, to: string][] = [
      ['"shape":[98]', '"shape":[99]'],
      ['"shape":[98]', '"shape":[-1]'],
      ['"shape":[98],"dtype":"float32"', '"shape":[98],"dtype":"string"'],
      ["dense1/kernel", "dense1/colonel"],
      ["group1-shard1of1.bin", "/etc/passwd"],
      ['\\"units\\":98', '\\"units\\":1e9'],
      ['"network":"generator"', '"network":"__proto__"'],
    ];
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      const changed = new Uint8Array(Buffer.from(text.replace(from, to)));
      const folder = save([{ path: "model.json", content: changed }, weights as ExportedFile]);
      await expect(readModelFiles(folder)).rejects.toMatchObject({
        code: expect.stringMatching(/^(export\.unreadable|spec\.)/) as string,
      });
    }
    const cut = { path: "group1-shard1of1.bin", content: new Uint8Array(7) };
    const folder = save([model as ExportedFile, cut]);
    await expect(readModelFiles(folder)).rejects.toThrow(/ends before its weights/);
  });
});
