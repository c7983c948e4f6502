/** Every format against the engine: written, loaded again from the bytes, and run. */
import { beforeAll, describe, expect, it } from "vitest";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { largestAllowed, largestDifference } from "../../../main/exporting/difference.ts";
import {
  defaultOptions,
  type ExportFormat,
  type ExportOptions,
  type FormatId,
  type Inputs,
} from "../../../main/exporting/format.ts";
import { formats } from "../../../main/exporting/formats.ts";
import { exportModel, type ExportModel, type ExportSource } from "../../../main/exporting/model.ts";
import { engineOutput } from "../../../main/exporting/reference.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { engines } from "../../support/engines.ts";
import { exportCases, rows, strides } from "../../support/export-cases.ts";
import { scaledDown } from "../../support/scaled-down.ts";
import { inputsFor, trainedLike } from "../../support/trained-like.ts";

const players = ["generator", "discriminator"] as const;
const count = 6;
/** Holds a layer that TensorFlow.js has nothing for. */
const withoutTfjs = `${rows.name} discriminator`;

interface Prepared {
  name: string;
  source: ExportSource;
  model: ExportModel;
  inputs: Inputs;
  /** The engine's numbers. */
  own: Float32Array<ArrayBuffer>;
}

async function prepared(name: string, source: ExportSource): Promise<Prepared> {
  const model = exportModel(source);
  const inputs = inputsFor(model, count);
  return { name, source, model, inputs, own: await engineOutput(source, inputs) };
}

async function differenceOf(
  { model, inputs, own }: Prepared,
  format: ExportFormat,
  options: Partial<ExportOptions> = {},
): Promise<number> {
  const files = await format.write(model, { ...defaultOptions, ...options });
  return largestDifference(own, await format.run(files, inputs));
}

const formatOf = (id: FormatId): ExportFormat => {
  const format = formats.find((candidate) => candidate.id === id);
  if (!format) throw new Error(`there is no format ${id}`);
  return format;
};

/** The checkpoints do not depend on the engine. */
const states = new Map<string, HostTensors>();

/** Half precision rounds every weight to 11 bits. */
const halfAllowed = 0.02;

for (const { name, title, missing } of engines) {
  describe.skipIf(missing)(`exports, checked with the engine ${title}`, () => {
    let networks: Prepared[] = [];
    const networkOf = (network: string) =>
      networks.find(({ name: found }) => found === network) as Prepared;

    beforeAll(async () => {
      await loadBackend(name);
      networks = [];
      for (const { name: network, specification } of exportCases) {
        const state = states.get(network) ?? trainedLike(specification);
        states.set(network, state);
        for (const player of players) {
          const source = { specification, state, player, useAverage: true };
          networks.push(await prepared(`${network} ${player}`, source));
        }
      }
    });

    it.each(formats)("as $id compute what the engine does", async (format) => {
      const wrong: string[] = [];
      for (const network of networks) {
        if (format.id === "tfjs" && network.name === withoutTfjs) continue;
        const difference = await differenceOf(network, format);
        if (!(difference <= largestAllowed)) {
          wrong.push(`${network.name}: ${difference.toString()}`);
        }
      }
      expect(wrong).toEqual([]);
    });

    it.each(formats.filter(({ options }) => options.includes("half")))(
      "as $id in half precision differ a little, and are half as large",
      async (format) => {
        const network = networkOf("cdcgan generator");
        const difference = await differenceOf(network, format, { half: true });
        expect(difference).toBeGreaterThan(largestAllowed);
        expect(difference).toBeLessThan(halfAllowed);
        const bytesOf = async (half: boolean) => {
          const files = await format.write(network.model, { ...defaultOptions, half });
          return files.reduce((sum, { content }) => sum + content.length, 0);
        };
        expect((await bytesOf(true)) / (await bytesOf(false))).toBeLessThan(0.65);
      },
    );

    it("with a batch of fixed size run on any number of examples", async () => {
      const network = networkOf("cdcgan generator");
      const difference = await differenceOf(network, formatOf("onnx"), { batch: 4 });
      expect(difference).toBeLessThan(largestAllowed);
    });

    it("in TensorFlow's layout read back as they were", async () => {
      for (const player of players) {
        const network = networkOf(`strides ${player}`);
        const layout = "tensorflow";
        const difference = await differenceOf(network, formatOf("safetensors"), { layout });
        expect(difference).toBeLessThan(largestAllowed);
      }
    });
  });
}

describe("exports", () => {
  it.each(formats)("as $id are the same bytes each time", async (format) => {
    const specification = scaledDown(presetOf("conv16").specification);
    const state = trainedLike(specification);
    const model = exportModel({ specification, state, player: "generator", useAverage: false });
    const [first, second] = [
      await format.write(model, defaultOptions),
      await format.write(model, defaultOptions),
    ];
    expect(second).toEqual(first);
  });

  it("take the moving average only where it is asked for and kept", async () => {
    const { specification } = strides;
    const state = trainedLike(specification);
    const model = (player: "generator" | "discriminator", useAverage: boolean) =>
      exportModel({ specification, state, player, useAverage });
    expect(model("generator", true).average).toBe(true);
    expect(model("generator", false).average).toBe(false);
    expect(model("discriminator", true).average).toBe(false);
    const plain = { specification, state, player: "generator", useAverage: false } as const;
    const inputs = inputsFor(exportModel(plain), count);
    const [own, average] = [
      await engineOutput(plain, inputs),
      await engineOutput({ ...plain, useAverage: true }, inputs),
    ];
    expect(largestDifference(own, average)).toBeGreaterThan(0.01);
  });

  it("name the layer that TensorFlow.js has nothing for", () => {
    const { specification } = rows;
    const state = trainedLike(specification);
    const model = exportModel({ specification, state, player: "discriminator", useAverage: false });
    expect(() => formatOf("tfjs").write(model, defaultOptions)).toThrow(
      /^discriminator layer 11 \(Minibatch discrimination\) cannot be exported as TensorFlow\.js/u,
    );
  });

  it("of networks whose checkpoint lacks a tensor are refused", () => {
    const { specification } = strides;
    const state = { ...trainedLike(specification) };
    delete (state as Record<string, unknown>)["generator.1.kernel"];
    expect(() =>
      exportModel({ specification, state, player: "generator", useAverage: false }),
    ).toThrow("«generator.1.kernel»");
  });
});
