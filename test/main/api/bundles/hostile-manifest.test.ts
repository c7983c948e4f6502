/** Bundles whose manifest or files are not what a run has. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Manifest } from "../../../../main/api/bundles/manifest.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../../main/files/safetensors.ts";
import { sheetPng } from "../../../../main/files/png.ts";
import { filesOf, manifestOf, withFile } from "../../../support/bundle-file.ts";
import { zipFile } from "../../../support/zip-file.ts";
import { checkpoint, hostileImports, sheet } from "./hostile-import.ts";

const { api, changed, expectRefused, home, parts, refusal } = hostileImports();
const judged = { ...evaluationExample(1, 9), step: 4 };
const one = { value: 1, low: 0, high: 2 };

describe("a manifest that lies", () => {
  it("of a newer version is refused as such", async () => {
    const { code, message } = await refusal(
      changed((manifest) => ({ ...manifest, version: 3, more: true })),
    );
    expect(code).toBe("bundle.newer");
    expect(message).toContain("Update GAN Studio");
  });

  it.each<[string, (manifest: Manifest) => unknown]>([
    ["another format", (m) => ({ ...m, format: "gan-studio-run" })],
    ["no version", ({ version: _, ...m }) => m],
    ["a version that is a text", (m) => ({ ...m, version: "1" })],
    ["a field that nobody knows", (m) => ({ ...m, script: "alert(1)" })],
    ["a list", () => []],
    ["null", () => "null"],
    ["no specification", (m) => ({ ...m, run: { ...m.run, specification: null } })],
    ["an id that leads elsewhere", (m) => ({ ...m, run: { ...m.run, id: "../x" } })],
    ["an id that is a device", (m) => ({ ...m, run: { ...m.run, id: "con" } })],
    ["a status that there is none of", (m) => ({ ...m, run: { ...m.run, status: "done" } })],
    ["a name without end", (m) => ({ ...m, run: { ...m.run, name: "a".repeat(10_000) } })],
    ["a step that is no number", (m) => ({ ...m, place: { ...m.place, step: "8" } })],
    ["a step that is not whole", (m) => ({ ...m, place: { ...m.place, step: 7.5 } })],
    ["a run that stood before its files", (m) => ({ ...m, place: { ...m.place, step: 4 } })],
    ["steps that fall", (m) => ({ ...m, samples: m.samples.toReversed() })],
    ["a step twice", (m) => ({ ...m, checkpoints: [m.checkpoints[0], m.checkpoints[0]] })],
    [
      "a file of another step",
      (m) => ({ ...m, samples: m.samples.map((one) => ({ ...one, file: m.samples[0]!.file })) }),
    ],
    [
      "a checkpoint that is a sheet",
      (m) => ({ ...m, checkpoints: m.checkpoints.map((one) => ({ ...one, file: sheet })) }),
    ],
    ["another number of measurements", (m) => ((m.measurements.count = 7), m)],
    [
      "a learning rate that is no number",
      (m) => (
        m.events.push({ at: 0, step: 3, kind: "learning rates", detail: "generator ..e" }),
        m
      ),
    ],
    ["an evaluation of a later step", (m) => ({ ...m, evaluations: [{ ...judged, step: 9 }] })],
    [
      "an evaluation by no metric",
      (m) => ({ ...m, evaluations: [{ ...judged, values: { iq: one } }] }),
    ],
    ["an evaluation with more", (m) => ({ ...m, evaluations: [{ ...judged, script: "1" }] })],
    ["a checksum that is none", (m) => ((m.measurements.sha256 = "x"), m)],
    ["a size below nothing", (m) => ((m.measurements.bytes = -1), m)],
  ])("with %s is refused", async (_name, change) => {
    await expectRefused(changed(change), "cannot be imported");
  });

  it("cannot reach prototypes", async () => {
    const text = JSON.stringify(manifestOf(parts()));
    for (const key of ["__proto__", "constructor", "toString"]) {
      const evil = text.replace(/^\{/, `{"${key}":{"polluted":true},`);
      const files = filesOf(parts().set("manifest.json", Buffer.from(evil)));
      await expectRefused(zipFile(files), /manifest/);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect("polluted" in {}).toBe(false);
  });

  it("of endless depth, or of no text, is refused", async () => {
    for (const content of [
      Buffer.from("[".repeat(5_000_000)),
      Buffer.from(`{"a":`.repeat(200_000)),
      Buffer.from([0xff, 0xfe, 0x00]),
    ])
      await expectRefused(zipFile(filesOf(parts().set("manifest.json", content))), "readable JSON");
  });
});

describe("files that are not what the run needs", () => {
  const tensors = () => decodeSafetensors(parts().get(checkpoint)!, checkpoint);
  const encoded = (changed: ReturnType<typeof tensors>["tensors"], metadata = {}) =>
    Buffer.concat(encodeSafetensors(changed, { ...tensors().metadata, ...metadata }));

  it.each<[string, () => Buffer]>([
    ["no tensors", () => encoded({})],
    [
      "a tensor of another shape",
      () =>
        encoded({
          ...tensors().tensors,
          "generator/0/kernel": { shape: [2], values: new Float32Array(2) },
        }),
    ],
    [
      "a tensor too many",
      () => encoded({ ...tensors().tensors, more: { shape: [1], values: new Float32Array(1) } }),
    ],
    ["another step", () => encoded(tensors().tensors, { step: "4" })],
    ["another format", () => encoded(tensors().tensors, { format: "x" })],
    ["bytes of no such file", () => Buffer.from("not safetensors")],
  ])("a checkpoint with %s is refused", async (_name, content) => {
    expect(await refusal(zipFile(filesOf(withFile(parts(), checkpoint, content()))))).toMatchObject(
      {
        code: "bundle.invalid",
        message: expect.stringContaining("do not fit its specification") as string,
      },
    );
  });

  it("a sheet of another size, or that is no PNG, is refused", async () => {
    const image = { count: 1, height: 3000, width: 28, channels: 1, columns: 1 };
    const tall = await sheetPng({ ...image, pixels: new Uint8Array(3000 * 28) });
    for (const content of [tall, Buffer.from("GIF89a"), Buffer.alloc(0)])
      await expectRefused(zipFile(filesOf(withFile(parts(), sheet, content))), "no sheet");
  });

  it("measurements that do not rise, have other columns or are no tensors are refused", async () => {
    const file = "measurements.safetensors";
    const { tensors: columns, metadata } = decodeSafetensors(parts().get(file)!, file);
    const steps = { shape: [8], values: Float64Array.of(1, 2, 3, 3, 5, 6, 7, 8) };
    const fewer = { ...columns, scoreReal: { shape: [7], values: new Float64Array(7) } };
    const contents = [
      ...[{ ...columns, steps }, { ...columns, script: steps }, fewer].map((changed) =>
        Buffer.concat(encodeSafetensors(changed, metadata)),
      ),
      Buffer.from("none"),
    ];
    for (const content of contents)
      await expectRefused(zipFile(filesOf(withFile(parts(), file, content))), "measurements");
  });

  it("images that differ are told, not refused", async () => {
    const old = manifestOf(parts()).samples.at(-1)!;
    const image = { count: old.count, columns: old.columns, height: 28, width: 28, channels: 1 };
    const black = await sheetPng({ ...image, pixels: new Uint8Array(old.count * 784) });
    const path = join(home, "other.ganrun");
    writeFileSync(path, zipFile(filesOf(withFile(parts(), sheet, black))));
    const { difference, run } = await api().invoke("runs.import", { path });
    expect(difference).toBeGreaterThan(0);
    const { events } = await api().invoke("runs.get", { id: run.id });
    expect(events.at(-1)?.detail).toContain(`differ by ${difference} of 255`);
  });
});
