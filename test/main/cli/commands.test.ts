import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { DatasetInfo } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { builtInDigits } from "../../../main/spec/data.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { decodePng } from "../../../main/files/png.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 20 });
const list = () => ({ runs: [run], total: 1 });

describe("sample", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "gan-studio-sample-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const sampling = () =>
    createFakeShell(
      {
        "runs.list": list,
        "runs.generate": ({ count }) => ({
          ...{ count, height: 2, width: 3, channels: 1 },
          pixels: new Uint8Array(count * 6).fill(7),
        }),
      },
      { folder },
    );

  it("writes a square sheet named after the run", async () => {
    const shell = sampling();
    const { code, document } = await shell.json("sample", "last", "--count", "16");
    const path = join(folder, "run-1-samples.png");
    expect(code).toBe(0);
    expect(document).toEqual({
      ...{ files: [path], id: "run-1", count: 16, height: 2, width: 3, channels: 1, seed: 0 },
    });
    const sheet = await decodePng(await readFile(path));
    expect([sheet.height, sheet.width]).toEqual([8, 12]);
  });

  it("writes an array of bytes", async () => {
    const shell = sampling();
    const out = join(folder, "x.NPY");
    const words = ["--out", out, "--epoch", "2", "--seed", "9", "--count", "5"];
    expect(await shell.run("sample", "run-1", ...words)).toBe(0);
    const file = await readFile(out);
    expect(file.toString("latin1", 1, 6)).toBe("NUMPY");
    expect(file.toString("latin1")).toContain("'shape': (5, 2, 3, 1)");
    expect(shell.api.calls.at(-1)?.payload).toEqual({ id: "run-1", epoch: 2, seed: 9, count: 5 });
    expect(shell.printed()).toBe(`5 images in ${out}\n`);
  });

  it("passes a truncation on, and refuses what is none", async () => {
    const shell = sampling();
    expect(await shell.run("sample", "last", "--truncation", "0.7")).toBe(0);
    expect(shell.api.calls.at(-1)?.payload).toMatchObject({ truncation: 0.7 });
    for (const wrong of ["0", "0.05", "11", "1e1", "much"]) {
      expect(await sampling().run("sample", "last", "--truncation", wrong)).toBe(2);
    }
  });

  it("replaces a file of its own choice of name only when told to", async () => {
    const path = join(folder, "run-1-samples.png");
    await writeFile(path, "mine");
    expect(await sampling().run("sample", "last")).toBe(1);
    expect(await readFile(path, "utf8")).toBe("mine");
    expect(await sampling().run("sample", "last", "--force")).toBe(0);
    expect((await readFile(path)).length).toBeGreaterThan(20);
  });

  it("replaces a file that was named", async () => {
    await writeFile(join(folder, "mine.png"), "mine");
    expect(await sampling().run("sample", "last", "--out", "mine.png")).toBe(0);
  });

  it("says that a folder is not there", async () => {
    const shell = sampling();
    expect(await shell.run("sample", "last", "--out", "no/where.png")).toBe(1);
    expect(shell.said()).toContain("where.png");
  });
});

describe("runs and show", () => {
  it("lists runs in aligned columns", async () => {
    const runs = [
      run,
      runSummary({
        ...{
          id: "run-22",
          name: "a name that is longer than any column should ever be",
          step: 12_345,
        },
        losses: { generator: NaN, discriminator: 0.00001 },
      }),
    ];
    const shell = createFakeShell({ "runs.list": () => ({ runs, total: runs.length }) });
    expect(await shell.run("runs", "--search", "x", "--limit", "5")).toBe(0);
    const lines = shell.printed().trimEnd().split("\n");
    expect(lines).toHaveLength(3);
    const at = lines[0]!.indexOf("STATUS");
    expect(lines.slice(1).map((line) => line.slice(at, at + 4))).toEqual(["fini", "runn"]);
    expect(lines[2]).toContain("12,345");
    expect(lines[2]).toContain("1.00e-5");
    expect(lines[2]).toContain("NaN");
    expect(shell.api.calls[0]?.payload).toEqual({ search: "x", limit: 5 });
  });

  it("says what to do when there is nothing to list", async () => {
    const shell = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
    await shell.run("runs");
    expect(shell.printed()).toContain("gan-studio train --preset lsgan-dc");
    const search = createFakeShell({ "runs.list": () => ({ runs: [], total: 0 }) });
    await search.run("runs", "--search", "abc");
    expect(search.printed()).toContain("«abc»");
  });

  it("shows a run on a page, with the means of each epoch", async () => {
    const sample = { count: 16, columns: 4, closesEpoch: true };
    const measured = measurements([5, 10, 15, 20], 1);
    measured.values.lossGenerator = [1, 3, NaN, 1];
    const detail = {
      ...{ run: { ...run, reason: null }, specification: presetOf("lsgan-dc").specification },
      samples: [
        { ...sample, step: 10, epoch: 1 },
        { ...sample, step: 12, epoch: 1, closesEpoch: false },
        { ...sample, step: 20, epoch: 2 },
      ],
      checkpoints: [{ step: 20, epoch: 2, bytes: 2 * 1024 * 1024, sha256: "" }],
      bytes: 3 * 1024 * 1024,
      events: [],
    };
    const answers = {
      "runs.list": list,
      "runs.get": () => detail,
      "runs.measurements": () => measured,
      "runs.findings": () => ({ findings: [] }),
      "runs.evaluations": () => ({
        evaluations: [evaluationExample(1, 4), evaluationExample(2, 3)],
      }),
    };
    const shell = createFakeShell(answers);
    expect(await shell.run("show", "last", "--home", "/data")).toBe(0);
    const page = shell.printed();
    expect(page).toContain("/data/runs/run-1");
    expect(page).toContain("1 checkpoint, 3 sample grids, 3.0 MiB in all");
    expect(page).toContain("least squares");
    expect(page).toMatch(/^ +1 +10 +1\.000 +2\.000 /m);
    expect(page).toMatch(/^ +2 +20 +1\.000 +NaN /m);
    expect(page).toMatch(/^2 \* +20 +3\.000 /m);
    expect((await createFakeShell(answers).json("show", "last")).document).toMatchObject({
      ...{ run: { id: "run-1" }, evaluations: [{ epoch: 1 }, { epoch: 2 }] },
    });
  });
});

describe("data", () => {
  const image = { height: 28, width: 28, channels: 1 as const };
  const info = { id: "mnist-1", name: "MNIST", image, length: 60_000, classCounts: [1, 2] };
  const idx = { ...info, source: { kind: "idx" as const, path: "/mnist" } };

  it("lists data sets", async () => {
    const digits = { ...info, id: "digits", source: builtInDigits, classCounts: [] };
    const shell = createFakeShell({ "datasets.list": () => ({ datasets: [digits, idx] }) });
    expect(await shell.run("data", "list")).toBe(0);
    expect(shell.printed()).toMatch(/digits.*60,000.*28×28×1.*built in\n.*\/mnist\n$/);
  });

  it("adds a path by its absolute name", async () => {
    const shell = createFakeShell(
      { "datasets.add": () => idx },
      { folder: join(import.meta.dirname, "..") },
    );
    expect(await shell.run("data", "add", "cli", "--name", "MNIST")).toBe(0);
    expect(shell.api.calls[0]?.payload).toEqual({ source: import.meta.dirname, name: "MNIST" });
    expect(shell.printed()).toContain("--data mnist-1");
  });

  it("adds pictures as they are wanted, and names the files that are left out", async () => {
    const unusable = Array.from({ length: 22 }, (_, i) => ({
      file: `a\u001b[2J${i}.png`,
      reason: "it is empty",
    }));
    const faces = { ...idx, classCounts: [4, 5], classNames: ["cat", "dog"] };
    const shell = createFakeShell(
      { "datasets.add": () => ({ ...faces, unusable, unusableCount: 1022 }) },
      { folder: join(import.meta.dirname, "..") },
    );
    const options = ["--size", "32", "--grey", "--filter", "front"];
    expect(await shell.run("data", "add", "cli", ...options)).toBe(0);
    expect(shell.api.calls[0]?.payload).toEqual({
      source: import.meta.dirname,
      image: { height: 32, width: 32, channels: 1 },
      filter: "front",
    });
    expect(shell.printed()).toContain("cat 4, dog 5");
    expect(shell.printed()).toMatch(/\n1,022 files left out:\n {2}a�\[2J0\.png: it is empty\n/);
    expect(shell.printed()).toMatch(/19\.png: it is empty\n {2}and 1,002 more\n$/);
  });

  const preparing = (done: number, source = import.meta.dirname) => ({
    ...{ source, stage: "pictures" as const, done, total: 20_000, secondsLeft: 75 },
  });

  it("says how far an addition is where nobody looks, but nothing beside a JSON document", async () => {
    const adding = () =>
      createFakeShell(
        {
          "datasets.add": () => {
            const shell = shells.at(-1)!;
            shell.api.emit("dataset.preparing", preparing(100));
            shell.wait(6000);
            shell.api.emit("dataset.preparing", preparing(9000, "/another"));
            shell.api.emit("dataset.preparing", preparing(5000));
            return idx;
          },
        },
        { folder: join(import.meta.dirname, "..") },
      );
    const shells = [adding()];
    expect(await shells[0]!.run("data", "add", "cli")).toBe(0);
    expect(shells[0]!.said()).toBe("Preparing pictures: 5,000 of 20,000  1 min 15 s left\n");
    expect(shells[0]!.listening() + shells[0]!.api.listeners()).toBe(0);
    shells.push(adding());
    expect((await shells[1]!.json("data", "add", "cli")).document).toEqual(idx);
    expect(shells[1]!.said()).toBe("");
  });

  it("draws a bar for an addition where someone looks", async () => {
    let drawn = "";
    const terminal = Object.assign(
      new Writable({
        write(piece: Buffer, _, done) {
          drawn += piece.toString();
          done();
        },
      }),
      { isTTY: true, columns: 100, cursorTo: () => true, clearLine: () => true },
    );
    const shell = createFakeShell(
      {
        "datasets.add": () => {
          shell.api.emit("dataset.preparing", preparing(5000));
          return idx;
        },
      },
      {
        folder: join(import.meta.dirname, ".."),
        terminal: terminal as unknown as NodeJS.WritableStream,
      },
    );
    expect(await shell.run("data", "add", "cli")).toBe(0);
    expect(drawn).toMatch(/Preparing pictures.*25%.*5,000 of 20,000 {2}1 min 15 s left/);
  });

  it("calls an addition off at Ctrl-C, and leaves at once at the second", async () => {
    const { promise, reject } = Promise.withResolvers<DatasetInfo>();
    const shell = createFakeShell(
      {
        "datasets.add": () => {
          shell.interrupt();
          return promise;
        },
        "datasets.cancelAdd": ({ source }) => {
          expect(source).toBe(import.meta.dirname);
          shell.interrupt();
          reject(new Problem("download.cancelled", "It was called off."));
          return { cancelled: true };
        },
      },
      { folder: join(import.meta.dirname, "..") },
    );
    expect(await shell.run("data", "add", "cli")).toBe(1);
    expect(shell.said()).toBe("It was called off.\n");
    expect(shell.left).toEqual([1]);
  });

  it("takes one off the list", async () => {
    const shell = createFakeShell({ "datasets.remove": ({ id }) => ({ id }) });
    expect(await shell.run("data", "remove", "mnist-1")).toBe(0);
    expect(shell.api.calls).toEqual([{ command: "datasets.remove", payload: { id: "mnist-1" } }]);
    expect(shell.printed()).toBe("Removed mnist-1.\n");
  });

  it("says that a path is not there", async () => {
    const shell = createFakeShell();
    expect(await shell.run("data", "add", "nowhere")).toBe(1);
    expect(shell.said()).toContain("/work/nowhere");
  });
});

it("prints a benchmark as a table, and as the document that scripts rely on", async () => {
  const result = {
    ...{ preset: "lsgan-dc", engine: "tensorflow", device: "CPU", threads: 2 },
    modes: [
      { mode: "compiled" as const, msPerStep: 4.2, imagesPerSecond: 30_476.2, compileMs: 1234.5 },
      { mode: "eager" as const, msPerStep: 12.345, imagesPerSecond: 10_368.6 },
    ],
    note: null,
  };
  const answers = { "system.bench": () => result };
  const shell = createFakeShell(answers);
  expect(await shell.run("bench", "--steps", "5", "--warmup", "0")).toBe(0);
  expect(shell.printed()).toMatch(/Compiled +4\.2 +30,476 +1,235 ms/);
  expect(shell.printed()).toMatch(/Eager +12\.3 +10,369/);
  expect(shell.api.calls[0]?.payload).toEqual({
    ...{ preset: "lsgan-dc", steps: 5, warmup: 0, engine: "auto" },
  });
  expect((await createFakeShell(answers).json("bench")).document).toEqual(result);
});

it("tells what the machine has and what would help", async () => {
  const system = {
    ...{ version: "0.1.0", platform: "linux x64", node: "v24.1.0", cores: 1, threads: 1 },
    ...{ memoryBytes: 8 * 1024 ** 3, home: "/data", engine: "wasm" as const },
    ...{ engineVersion: "WebAssembly, portable", device: "CPU", advice: ["Install TensorFlow."] },
    gpu: { used: false, findings: [], summary: "No graphics processor.", remedy: null },
    tensorflow: { folder: null, from: "own" as const, library: null },
  };
  const shell = createFakeShell({ "system.describe": () => system });
  expect(await shell.run("doctor")).toBe(0);
  expect(shell.printed()).toContain("1 core, 8.0 GiB of memory");
  expect(shell.printed()).toContain("For more speed:\n- Install TensorFlow.");
  const content = createFakeShell({ "system.describe": () => ({ ...system, advice: [] }) });
  await content.run("doctor");
  expect(content.printed()).toContain("Nothing is missing.");
});

it("tells why a graphics processor is not used, and what to do", async () => {
  const driver = { name: "NVIDIA driver", text: "550.54.14, RTX 4070", isThere: true };
  const shell = createFakeShell({
    "system.describe": () => ({
      ...{ version: "0.1.0", platform: "linux x64", node: "v24.1.0", cores: 8, threads: 8 },
      ...{ memoryBytes: 8 * 1024 ** 3, home: "/data", engine: "tensorflow" as const },
      ...{ engineVersion: "TensorFlow 2.21.0", device: "CPU", advice: [] },
      gpu: {
        used: false,
        findings: [driver],
        summary: "Not built for it.",
        remedy: "Take another.",
      },
      tensorflow: {
        folder: "/tf",
        from: "settings" as const,
        library: "/tf/libtensorflow_cc.so.2",
      },
    }),
  });
  expect(await shell.run("doctor")).toBe(0);
  expect(shell.printed()).toMatch(/Library +\/tf\/libtensorflow_cc\.so\.2 \(by Settings\)/);
  expect(shell.printed()).toMatch(/NVIDIA driver +550\.54\.14, RTX 4070/);
  expect(shell.printed()).toContain("Not built for it.\nTake another.\n");
  expect(shell.printed()).not.toContain("Nothing is missing");
});
