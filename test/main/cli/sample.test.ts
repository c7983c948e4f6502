import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { decodePng } from "../../../main/files/png.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { runSummary } from "../../support/fake-api.ts";
import { createFakeShell } from "./fake-shell.ts";

const run = runSummary({ id: "run-1", status: "finished", epoch: 2, step: 20 });
const list = () => ({ runs: [run], total: 1 });

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

it.each([
  ["of its own choice of name", "run-1-samples.png", []],
  ["that was named", "mine.png", ["--out", "mine.png"]],
])("replaces a file %s only when told to", async (_, name, words) => {
  const path = join(folder, name);
  await writeFile(path, "mine");
  const shell = sampling();
  expect(await shell.run("sample", "last", ...words)).toBe(1);
  expect(shell.said()).toMatch(/exists.*--force/);
  expect(await readFile(path, "utf8")).toBe("mine");
  expect(await sampling().run("sample", "last", ...words, "--force")).toBe(0);
  expect((await readFile(path)).length).toBeGreaterThan(20);
});

it("says that a folder is not there", async () => {
  const shell = sampling();
  expect(await shell.run("sample", "last", "--out", "no/where.png")).toBe(1);
  expect(shell.said()).toContain("where.png");
});

/** Every image is its number in the seed, from 0, modulo 256. */
const counting = (calls: { first: number; count: number }[] = []) =>
  createFakeShell(
    {
      "runs.list": list,
      "runs.get": () => ({
        ...{ run, specification: presetOf("lsgan-dc").specification },
        ...{ samples: [], checkpoints: [], bytes: 0, events: [] },
      }),
      "runs.generate": ({ count, first = 0 }) => {
        calls.push({ first, count });
        const pixels = Uint8Array.from({ length: count * 6 }, (_, i) => first + Math.floor(i / 6));
        return { count, height: 2, width: 3, channels: 1, pixels };
      },
    },
    { folder },
  );

it("writes as many images as are wanted, drawn in parts, as one array", async () => {
  const calls: { first: number; count: number }[] = [];
  const shell = counting(calls);
  const count = 50_000;
  expect(await shell.run("sample", "last", "--count", `${count}`, "--out", "all.npy")).toBe(0);
  expect(calls.length).toBeGreaterThan(1);
  expect(calls.reduce((sum, call) => sum + call.count, 0)).toBe(count);
  const file = await readFile(join(folder, "all.npy"));
  const start = 10 + file.readUInt16LE(8);
  expect([file[0], start % 64, file[start - 1]]).toEqual([0x93, 0, 10]);
  expect(file.toString("latin1", 10, start)).toContain("'shape': (50000, 2, 3, 1)");
  expect(file.length).toBe(start + count * 6);
  for (const image of [0, 1, 4097, 49_999]) expect(file[start + image * 6]).toBe(image % 256);
  expect(shell.said()).toContain("50,000 of 50,000 images\n");
});

it("writes a folder of pictures, one an image, that must be free", async () => {
  const words = ["sample", "last", "--count", "12", "--out", "fakes/"];
  expect(await counting().run(...words)).toBe(0);
  const names = await readdir(join(folder, "fakes"));
  expect([names.length, names[0], names[11]]).toEqual([12, "01.png", "12.png"]);
  const last = await decodePng(await readFile(join(folder, "fakes", "12.png")));
  expect([last.height, last.width, last.channels, last.pixels[0]]).toEqual([2, 3, 1, 11]);
  const again = counting();
  expect(await again.run(...words, "--force")).toBe(1);
  expect(again.said()).toContain("fakes exists already");
  expect(await readdir(folder)).toEqual(["fakes"]);
});

it("does not make a sheet that nobody could look at", async () => {
  const shell = counting();
  expect(await shell.run("sample", "last", "--count", "4097", "--out", "x.png")).toBe(2);
  expect(shell.said()).toMatch(/at most 4,096 images.*\.npy.*folder/);
});

it("is called off by Ctrl-C and leaves nothing", async () => {
  for (const out of ["all.npy", "fakes/"]) {
    const shell = createFakeShell(
      {
        "runs.list": list,
        "runs.generate": () => {
          setImmediate(interrupt);
          return new Promise<never>(() => undefined);
        },
      },
      { folder },
    );
    const interrupt = () => {
      shell.interrupt();
    };
    expect(await shell.run("sample", "last", "--out", out)).not.toBe(0);
    expect(shell.said()).toContain("called off");
    expect(await readdir(folder)).toEqual([]);
    expect(shell.listening()).toBe(0);
  }
});
