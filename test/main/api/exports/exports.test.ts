/** Exporting a run that was trained and opening the export again, with real sessions in real processes. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../../../main/api/api.ts";
import { openApi } from "../../../../main/api/open.ts";
import { createClient, type Client } from "../../../../main/contract/client.ts";
import type { Events } from "../../../../main/contract/events.ts";
import { exportFormatIds } from "../../../../main/contract/exports.ts";
import { networkOf } from "../../../../main/exporting/html/html.ts";
import { decodePng } from "../../../../main/files/png.ts";
import { cdcgan } from "../../../../main/spec/presets/cdcgan.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { trainedRun } from "../../../support/trained-run.ts";

const home = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
let api: Api;
let client: Client;
/** A run of two epochs without classes; one with classes and a moving average. */
let plain: string;
let conditional: string;

const trained = async (specification: Specification) => (await trainedRun(api, specification)).id;

beforeAll(async () => {
  api = await openApi({ home });
  client = createClient(api);
  plain = await trained(smallSpecification());
  conditional = await trained({
    ...scaledDown(cdcgan.specification, 16),
    generatorAverage: { decay: 0.9 },
    data: { ...cdcgan.specification.data, source: { kind: "digits", count: 32, seed: 1 } },
    loop: { ...cdcgan.specification.loop, batchSize: 16, epochs: 1 },
  });
}, 120_000);

afterAll(async () => {
  await api.close();
  rmSync(home, { recursive: true, force: true });
});

const all = (folder: string) => readdirSync(folder, { recursive: true }).map(String).sort();

describe("an export", () => {
  it("writes every format with a card, checked, as one folder", async () => {
    const path = join(temporaryFolder(), "export");
    const stages: Events["export.progress"][] = [];
    const stop = client.subscribe("export.progress", (stage) => stages.push(stage));
    const result = await client.exports.write({
      ...{ id: conditional, path, formats: [...exportFormatIds], count: 5 },
    });
    stop();
    expect(result.formats.map(({ format }) => format)).toEqual([...exportFormatIds]);
    expect(result.maxAbsDifference).toBeLessThanOrEqual(1e-5);
    for (const { files, bytes, checkedBy } of result.formats) {
      for (const file of files) expect(existsSync(join(path, file))).toBe(true);
      expect(bytes).toBeGreaterThan(100);
      expect(checkedBy).not.toBe("");
    }
    const total = exportFormatIds.length;
    expect(stages.at(-1)).toMatchObject({ id: conditional, done: total - 1, total });
    const card = readFileSync(join(path, "MODEL_CARD.md"), "utf8");
    expect(card).toContain("GAN Studio draws itself");
    expect(card).toContain("moving average");
    expect(all(join(path, "..")).filter((name) => name.startsWith("."))).toEqual([]);
    const events = (await client.runs.get({ id: conditional })).events;
    expect(events.at(-1)).toMatchObject({ kind: "exported" });
    expect(events.at(-1)?.detail).toContain(path);
  });

  it("of one format that is one file can be that file, with its card beside it", async () => {
    const folder = temporaryFolder();
    const path = join(folder, "digits.html");
    const { files } = await client.exports.write({ id: plain, path, formats: ["html"], seed: 3 });
    expect(files.map((file) => basename(file))).toEqual(["digits.html", "digits-MODEL_CARD.md"]);
    const images = networkOf(readFileSync(path, "utf8"))(new Float32Array(8), 1, null);
    expect(images).toHaveLength(784);
    expect(readFileSync(files[1] ?? "", "utf8")).toContain("Open digits.html");
    const again = client.exports.write({ id: plain, path, formats: ["html"] });
    await expect(again).rejects.toMatchObject({ code: "file.exists" });
    await client.exports.write({ id: plain, path, formats: ["html"], overwrite: true });
  });

  it("never removes what is no earlier export", async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, "thesis.txt"), "mine");
    for (const overwrite of [false, true]) {
      const written = client.exports.write({ id: plain, path, formats: ["npy"], overwrite });
      await expect(written).rejects.toMatchObject({ code: "file.exists" });
    }
    expect(all(path)).toEqual(["thesis.txt"]);
    const target = join(path, "export");
    mkdirSync(target);
    await client.exports.write({ id: plain, path: target, formats: ["npy"] });
    await client.exports.write({ id: plain, path: target, formats: ["png"], overwrite: true });
    expect(all(target)).toEqual(["MODEL_CARD.md", "samples.png"]);
  });

  it("can be taken as one archive", async () => {
    const { archive, name } = await client.exports.archive({
      ...{ id: plain, formats: ["safetensors", "tfjs"], player: "discriminator", epoch: 1 },
    });
    expect(name).toBe(`${plain}-epoch-1.zip`);
    expect(Object.keys(unzipSync(archive)).sort()).toEqual([
      ...["MODEL_CARD.md", "discriminator.safetensors"],
      ...["tfjs/group1-shard1of1.bin", "tfjs/model.json"],
    ]);
  });

  it("tells how far half precision is from full", async () => {
    const path = join(temporaryFolder(), "half");
    const wanted = { id: plain, path, formats: ["onnx", "html"] as ("onnx" | "html")[] };
    const { maxAbsDifference } = await client.exports.write({ ...wanted, half: true });
    expect(maxAbsDifference).toBeGreaterThan(1e-6);
    expect(maxAbsDifference).toBeLessThan(0.1);
    expect(readFileSync(join(path, "MODEL_CARD.md"), "utf8")).toContain("half precision");
  });

  const refused: [string, object, string][] = [
    ["an epoch that is not kept", { epoch: 9 }, "run.nocheckpoint"],
    ["a step that is not kept", { step: 3 }, "run.nocheckpoint"],
    ["an average that the run does not keep", { average: true }, "usage"],
    ["images of a discriminator", { formats: ["png"], player: "discriminator" }, "usage"],
    ["a folder that cannot be made", { path: "/proc/export" }, "file.unwritable"],
    ["a run that is not there", { id: "nobody" }, "run.unknown"],
    ["a file's ending for several formats", { formats: ["html", "onnx"], path: "x.html" }, "usage"],
    ["another format's ending", { formats: ["onnx"], path: "x.html" }, "usage"],
    [
      "a file's ending for a format that is a folder",
      { formats: ["tfjs"], path: "x.onnx" },
      "usage",
    ],
  ];
  for (const [what, changes, code] of refused) {
    it(`refuses ${what} and leaves nothing`, async () => {
      const folder = temporaryFolder();
      const asked = { id: plain, path: "export", formats: ["npy"], ...changes };
      const wanted = { ...asked, path: resolve(folder, asked.path) };
      await expect(client.exports.write(wanted as never)).rejects.toMatchObject({ code });
      expect(all(folder)).toEqual([]);
    });
  }

  it("is called off without a trace", async () => {
    const folder = temporaryFolder();
    const written = client.exports.write({
      id: plain,
      path: join(folder, "x"),
      formats: ["keras"],
    });
    const second = client.exports.archive({ id: plain, formats: ["html"] });
    await expect(second).rejects.toMatchObject({ code: "run.state" });
    expect(await client.exports.cancel({ id: plain })).toEqual({ cancelled: true });
    await expect(written).rejects.toMatchObject({ code: "export.cancelled" });
    expect(all(folder)).toEqual([]);
    expect(await client.exports.cancel({ id: plain })).toEqual({ cancelled: false });
  });
});

describe("an exported generator", () => {
  for (const { format, half } of [
    { format: "safetensors", half: false },
    { format: "tfjs", half: true },
  ] as const) {
    it(`opens again from ${format}${half ? " in half precision" : ""}`, async () => {
      const path = join(temporaryFolder(), "export");
      await client.exports.write({ id: conditional, path, formats: [format], half });
      const run = await client.exports.import({ path });
      expect(run).toMatchObject({ status: "finished", epoch: 1, dataset: "Built-in digits" });
      const asked = { seed: 4, count: 20, label: null, truncation: null };
      const draw = (id: string) => client.explore.images({ id, latent: { kind: "new", ...asked } });
      const [first, second] = [await draw(conditional), await draw(run.id)];
      const largest = first.images.pixels.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - (second.images.pixels[i] ?? 999))),
        0,
      );
      expect(largest).toBeLessThanOrEqual(half ? 3 : 0);
      expect(second.scores.every(Number.isNaN)).toBe(true);
      const { directions } = await client.explore.directions({ id: run.id });
      expect(directions.length).toBeGreaterThan(0);
      await client.explore.close({ id: run.id });
      await client.explore.close({ id: conditional });
    });
  }

  it("shows its images as a run does, and cannot be trained on", async () => {
    const path = join(temporaryFolder(), "generator.safetensors");
    await client.exports.write({ id: plain, path, formats: ["safetensors"] });
    const { id } = await client.exports.import({ path, name: "An old friend" });
    const { run, samples, events } = await client.runs.get({ id });
    expect(run.name).toBe("An old friend");
    expect(events.map(({ kind }) => kind)).toEqual(["opened"]);
    const { png } = await client.runs.sampleImage({ id, step: samples[0]?.step ?? 0 });
    expect((await decodePng(png)).width).toBe(56);
    await expect(client.runs.resume({ id, epochs: 9, engine: "wasm" })).rejects.toMatchObject({
      code: "run.state",
    });
    const other = client.exports.archive({ id, formats: ["onnx"], player: "discriminator" });
    await expect(other).rejects.toMatchObject({ code: "run.state" });
    expect((await client.runs.get({ id })).run.status).toBe("finished");
  });
});

describe("opening an export", () => {
  it("is called off and leaves nothing", async () => {
    const path = join(temporaryFolder(), "generator.safetensors");
    await client.exports.write({ id: plain, path, formats: ["safetensors"] });
    const { total } = await client.runs.list({});
    const opening = client.exports.import({ path });
    expect(await client.exports.cancelImport({ path })).toEqual({ cancelled: true });
    await expect(opening).rejects.toMatchObject({ code: "export.cancelled" });
    expect((await client.runs.list({})).total).toBe(total);
    expect(readdirSync(join(home, "arrivals"))).toEqual([]);
    expect(await client.exports.cancelImport({ path })).toEqual({ cancelled: false });
  });
});

describe("a file that is no export", () => {
  it("is refused and leaves nothing", async () => {
    const path = join(temporaryFolder(), "model.pth");
    writeFileSync(path, Uint8Array.of(0x80, 4, 0x95, 1, 0, 0, 0, 7));
    const { total } = await client.runs.list({});
    await expect(client.exports.import({ path })).rejects.toMatchObject({
      code: "export.unreadable",
    });
    expect((await client.runs.list({})).total).toBe(total);
    expect(readdirSync(join(home, "arrivals"))).toEqual([]);
  });
});
