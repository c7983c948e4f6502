/** Bundles that are damaged, or made to deceive: each is refused with a sentence, and nothing is left of it. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Api } from "../../../../main/api/api.ts";
import { openApi } from "../../../../main/api/open.ts";
import { nodeSessionHost } from "../../../../main/api/sessions/node-host.ts";
import type { Manifest } from "../../../../main/api/bundles/manifest.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../../main/files/safetensors.ts";
import { sheetPng } from "../../../../main/files/png.ts";
import { Problem, type ProblemCode } from "../../../../main/spec/problem.ts";
import {
  filesOf,
  manifestOf,
  partsOf,
  withFile,
  withManifest,
} from "../../../support/bundle-file.ts";
import { zipFile, type ZippedFile } from "../../../support/zip-file.ts";
import { madeRun } from "./made-run.ts";

const made = madeRun();
const home = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
let api: Api;
let sessions = 0;

beforeAll(async () => {
  const inner = nodeSessionHost();
  const start = () => {
    sessions++;
    return inner.start();
  };
  api = await openApi({ home, sessions: { start } });
});
afterAll(async () => {
  await api.close();
  rmSync(home, { recursive: true, force: true });
});

const parts = () => partsOf(made.bytes);
const checkpoint = "checkpoints/step-000000008.safetensors";
const sheet = "samples/step-000000008.png";

/** What an import said; it must have left nothing behind, wherever it ended. */
async function refusal(bundle: Uint8Array): Promise<{ code: ProblemCode; message: string }> {
  const path = join(home, "hostile.ganrun");
  writeFileSync(path, bundle);
  try {
    await api.invoke("runs.import", { path });
    throw new Error("It was imported.");
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    expect((await api.invoke("runs.list", {})).total).toBe(0);
    for (const folder of ["arrivals", "runs"]) {
      const left = readdirSync(home).includes(folder) ? readdirSync(join(home, folder)) : [];
      expect(left, thrown.message).toEqual([]);
    }
    expect(thrown.message).toMatch(/^[^\n\p{Cc}]+\.$/u);
    return { code: thrown.code, message: thrown.message };
  }
}

/** Refused before anything of it was given to another process. */
async function expectRefused(bundle: Uint8Array, words: RegExp | string): Promise<void> {
  const before = sessions;
  expect(await refusal(bundle)).toMatchObject({
    code: "bundle.invalid",
    message: expect.stringMatching(words) as string,
  });
  expect(sessions).toBe(before);
}

const withExtra = (...extra: ZippedFile[]) => zipFile([...filesOf(parts()), ...extra]);
const changed = (change: (manifest: Manifest) => unknown) =>
  zipFile(filesOf(withManifest(parts(), change)));

describe("a name that no bundle has", () => {
  const names = [
    ...["../../evil.png", "samples/../../evil.png", "/etc/passwd", "C:\\evil.png", "C:evil.png"],
    ...["samples\\step-000000004.png", "samples/step-000000004.png\0.sh", "CON", "samples/NUL.png"],
    ...["samples/Step-000000004.png", "SAMPLES/step-000000004.png", "samples/step-000000004.png "],
    ...["samples/step-000000004.png.", "samples/", "checkpoints/step-4.safetensors", ""],
    ...["model.pkl", "model.h5", "saved_model.pb", "nested.zip", "run.json", "./manifest.json"],
    ...["samples/step-00000000４.png", "\u202egnp.exe"],
  ];
  it.each(names)("is refused: %j", async (name) => {
    const extra = { name, content: Buffer.from("x"), method: 0 };
    await expectRefused(withExtra(extra), "which no bundle has|no ZIP archive");
  });
});

describe("an archive that lies", () => {
  /** The archive with its directory changed at the record of a file. */
  function patched(name: string, patch: (bytes: Buffer, record: number) => void): Buffer {
    const bytes = zipFile(filesOf(parts()));
    patch(bytes, bytes.lastIndexOf(name) - 46);
    return bytes;
  }

  it("is refused for a link", async () => {
    const link = patched(sheet, (bytes, record) => {
      bytes.writeUInt16LE((3 << 8) | 20, record + 4);
      bytes.writeUInt32LE((0o120777 << 16) >>> 0, record + 38);
    });
    await expectRefused(link, "link or device");
  });

  it("is refused for an encrypted file and an unusual method", async () => {
    const encrypted = patched(sheet, (bytes, record) => bytes.writeUInt16LE(0x801, record + 8));
    await expectRefused(encrypted, /encrypted|no ZIP archive/);
    const unusual = patched(sheet, (bytes, record) => bytes.writeUInt16LE(14, record + 10));
    await expectRefused(unusual, "unusual method");
  });

  it("is refused for a name that it holds twice", async () => {
    const [again] = filesOf(parts()).filter(({ name }) => name === sheet);
    await expectRefused(withExtra(again!), "twice");
  });

  it("is refused for files that share their bytes", async () => {
    const files = filesOf(parts());
    const at = 30 + "manifest.json".length + files[0]!.content.length;
    const sharing = files.map((file) =>
      file.name === checkpoint ? { ...file, claimed: { at } } : file,
    );
    await expectRefused(zipFile(sharing), "overlap");
  });

  it("is refused for sizes that are not those of its manifest", async () => {
    const files = filesOf(parts()).map((file) =>
      file.name === sheet ? { ...file, content: Buffer.alloc(10) } : file,
    );
    await expectRefused(zipFile(files), "another size");
    const claimed = filesOf(parts()).map((file) =>
      file.name === sheet ? { ...file, claimed: { bytes: 5 } } : file,
    );
    await expectRefused(zipFile(claimed), "ZIP archive");
    await expectRefused(
      patched(checkpoint, (bytes, record) => {
        bytes.writeUInt32LE(0xfffffff0, record + 20);
        bytes.writeUInt32LE(0xfffffff0, record + 24);
      }),
      /cut off|overlap/,
    );
  });

  it("is refused before it is unpacked when it would grow beyond reason", async () => {
    const bomb = Buffer.alloc(50_000_000);
    const grown = withFile(parts(), checkpoint, bomb);
    const files = filesOf(grown).map((file) => ({ ...file, method: 8 }));
    await expectRefused(zipFile(files), "as no honest bundle does");
  });

  it("is refused for a number of files that it cannot have", async () => {
    const bytes = zipFile(filesOf(parts()));
    bytes.writeUInt16LE(65_534, bytes.length - 22 + 8);
    bytes.writeUInt16LE(65_534, bytes.length - 22 + 10);
    await expectRefused(bytes, /more files than it can|cut off or damaged/);
    const large = zipFile(filesOf(parts()), "", true);
    large.writeBigUInt64LE(2n ** 60n, large.lastIndexOf("PK\x06\x06") + 32);
    await expectRefused(large, /more files than it can|ZIP archive/);
  });

  it("is refused for a checksum that is not that of its bytes", async () => {
    const files = filesOf(parts()).map((file) =>
      file.name === checkpoint ? { ...file, claimed: { crc: 1 } } : file,
    );
    await expectRefused(zipFile(files), "damaged");
  });

  it("is refused for content that its manifest does not describe", async () => {
    const files = filesOf(parts()).map((file) => {
      if (file.name !== checkpoint) return file;
      const content = Buffer.from(file.content);
      content[content.length - 1]! ^= 1;
      return { ...file, content };
    });
    await expectRefused(zipFile(files), "not what its manifest says");
  });

  it("is refused for files that are missing or that nobody names", async () => {
    const fewer = filesOf(parts()).filter(({ name }) => name !== sheet);
    await expectRefused(zipFile(fewer), "is missing");
    const more = { name: "samples/step-000000009.png", content: Buffer.from("x"), method: 0 };
    await expectRefused(withExtra(more), "does not name");
  });

  it("is refused wherever it was cut off", async () => {
    const { bytes } = made;
    const places = Array.from({ length: 40 }, (_, i) => Math.floor((i * bytes.length) / 40));
    for (const place of [...places, bytes.length - 1, bytes.length - 23])
      await expectRefused(bytes.subarray(0, place), "ZIP archive|cut off");
  });

  it("is refused, or is the same run, with any bit of its directory turned", async () => {
    const { bytes, client, home } = made;
    const path = join(home, "turned.ganrun");
    const outcomes = { known: 0, refused: 0 };
    for (let place = bytes.indexOf("PK\x01\x02"); place < bytes.length; place += 3) {
      const turned = Buffer.from(bytes);
      turned[place]! ^= 1 << (place % 8);
      writeFileSync(path, turned);
      try {
        // Times and versions mean nothing here.
        expect(await client.runs.import({ path })).toMatchObject({ outcome: "known" });
        outcomes.known++;
      } catch (thrown) {
        expect(thrown, `byte ${place}`).toMatchObject({ code: "bundle.invalid" });
        outcomes.refused++;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100);
    expect(outcomes.known).toBeGreaterThan(10);
    expect(readdirSync(home)).not.toContain("arrivals");
    expect((await client.runs.list({})).total).toBe(1);
  });

  it("is refused when it is no archive at all, or not there", async () => {
    await expectRefused(Buffer.from("not a bundle"), "no ZIP archive");
    await expectRefused(Buffer.alloc(0), "no ZIP archive");
    await expectRefused(zipFile([]), "empty");
    await expect(api.invoke("runs.import", { path: join(home, "x") })).rejects.toMatchObject({
      code: "data.missing",
    });
    await expect(api.invoke("runs.import", { path: home })).rejects.toMatchObject({
      code: "data.missing",
    });
  });
});

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
    const { difference, run } = await api.invoke("runs.import", { path });
    expect(difference).toBeGreaterThan(0);
    const { events } = await api.invoke("runs.get", { id: run.id });
    expect(events.at(-1)?.detail).toContain(`differ by ${difference} of 255`);
  });
});
