import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { DataSource } from "../../../main/spec/data.ts";
import { presets } from "../../../main/spec/presets.ts";
import { digits, preset, startedWith, trained, training } from "./training.ts";

describe("what is started", () => {
  it("is the preset as it stands when nothing is changed", async () => {
    const shell = await trained(["--preset", "lsgan-dc"]);
    expect(startedWith(shell)).toEqual({ specification: preset, engine: "auto", eager: false });
  });

  it("has the changes that were asked for, and nothing else changed", async () => {
    const words =
      "--preset lsgan-dc --epochs 7 --steps 90 --seed 5 --engine wasm --name abc --eager";
    const shell = await trained(words.split(" "));
    expect(startedWith(shell)).toEqual({
      specification: { ...preset, seed: 5, loop: { ...preset.loop, epochs: 7, steps: 90 } },
      engine: "wasm",
      eager: true,
      name: "abc",
    });
  });

  it("has as many epochs as the steps need that were asked for alone", async () => {
    // 20,000 digits, of which 18,182 train: 142 batches of 128 an epoch.
    const shell = await trained(["--preset", "lsgan-dc", "--steps", "5000"]);
    expect(startedWith(shell).specification.loop).toMatchObject({ steps: 5000, epochs: 36 });
  });

  it("trains on an added data set by its id, and adds a path first", async () => {
    const info = {
      ...digits,
      id: "mnist-1",
      source: { kind: "idx" as const, path: "/data/mnist" },
    };
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, info] }),
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "mnist-1");
    await running;
    become({ status: "finished" });
    await code;
    expect(startedWith(shell).specification.data).toEqual({ ...preset.data, source: info.source });

    const folder = import.meta.dirname;
    const other = training({ "datasets.add": () => info });
    const second = other.shell.run("train", "--preset", "lsgan-dc", "--data", folder);
    await other.running;
    other.become({ status: "finished" });
    await second;
    expect(other.shell.api.calls).toContainEqual({
      command: "datasets.add",
      payload: { source: folder, image: preset.image },
    });
    expect(startedWith(other.shell).specification.data.source).toEqual(info.source);
  });

  it("uses a folder of pictures at the size of its networks", async () => {
    const size = { height: 64, width: 64, channels: 3 as const };
    const source = { kind: "folder" as const, path: "/data/faces", filter: "front", ...size };
    const info = { ...digits, id: "faces-1", source, image: size };
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, info] }),
      "datasets.add": ({ source: asked }) =>
        typeof asked === "string" ? info : { ...info, source: asked },
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "faces-1");
    await running;
    become({ status: "finished" });
    await code;
    expect(startedWith(shell).specification.data.source).toEqual({ ...source, ...preset.image });
  });

  it("gives the generator as many channels as the images that are chosen have, and says so", async () => {
    const image = { ...preset.image, channels: 3 as const };
    const source = { kind: "stacked" as const, path: "/data/mnist", count: 500, seed: 1 };
    const { shell, running, become } = training({
      "datasets.list": () => ({
        datasets: [digits, { ...digits, id: "stacked-1", source, image }],
      }),
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "stacked-1");
    await running;
    become({ status: "finished" });
    await code;
    const { specification } = startedWith(shell);
    expect(specification.image).toEqual(image);
    expect(specification.generator.layers.at(-2)).toMatchObject({ filters: 3 });
    expect(shell.said()).toContain("The images have 3 channels; the generator now gives as many.");
  });

  it("is trained on a data set by its name, where one alone has it", async () => {
    const mnist = { ...digits, name: "My MNIST", source: { kind: "idx" as const, path: "/mnist" } };
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, { ...mnist, id: "mnist-1" }] }),
    });
    const code = shell.run("train", "--preset", "lsgan-dc", "--data", "My MNIST");
    await running;
    become({ status: "finished" });
    expect(await code).toBe(0);
    expect(startedWith(shell).specification.data.source).toEqual(mnist.source);
    const twice = training({
      "datasets.list": () => ({ datasets: ["mnist-1", "mnist-2"].map((id) => ({ ...mnist, id })) }),
    });
    expect(await twice.shell.run("train", "--preset", "lsgan-dc", "--data", "My MNIST")).toBe(1);
    expect(twice.shell.said()).toContain("name one by its id: mnist-1, mnist-2");
  });

  it("is trained on pictures by their name, at whatever sizes they were used before", async () => {
    const faces = [64, 16].map((side) => {
      const image = { height: side, width: side, channels: 3 as const };
      const source = { kind: "folder" as const, path: "/faces", filter: "", ...image };
      return { ...digits, id: `faces-${side}`, name: "Faces", source, image };
    });
    const { shell, running, become } = training({
      "datasets.list": () => ({ datasets: [digits, ...faces] }),
      "datasets.add": ({ source }) => ({ ...faces[0]!, source: source as DataSource }),
    });
    const code = shell.run("train", "--preset", "conv16", "--data", "Faces");
    await running;
    become({ status: "finished" });
    expect(await code).toBe(0);
    expect(startedWith(shell).specification.data.source).toMatchObject({
      height: 16,
      path: "/faces",
    });
  });

  it("says that a preset of another size than the built-in digits needs data of one's own", async () => {
    const { shell } = training();
    expect(await shell.run("train", "--preset", "conv16", "--steps", "1")).toBe(2);
    expect(shell.said()).toMatch(/images of 16×16×3, and the built-in digits are 28×28×1.*--data/);
    expect(startedWith(shell)).toBeUndefined();
  });

  it("says which data sets there are when one is not", async () => {
    const { shell } = training();
    expect(await shell.run("train", "--preset", "lsgan-dc", "--data", "nowhere")).toBe(1);
    expect(shell.said()).toContain("no data set «nowhere»");
    expect(shell.said()).toContain("digits");
    expect(startedWith(shell)).toBeUndefined();
  });
});

describe("a specification from a file", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "gan-studio-cli-"));
    await writeFile(
      join(folder, "good.json"),
      JSON.stringify({ ...preset, preset: null, seed: 9 }),
    );
    const shown = { run: {}, specification: { ...preset, preset: null, seed: 9 }, samples: [] };
    await writeFile(join(folder, "shown.json"), JSON.stringify(shown));
    await writeFile(join(folder, "text.json"), "{ not json");
    await writeFile(join(folder, "wrong.json"), JSON.stringify({ ...preset, seed: "one" }));
    await writeFile(
      join(folder, "shape.json"),
      JSON.stringify({ ...preset, generator: { layers: [] } }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is trained, also from the document that tells of a run", async () => {
    for (const name of ["good.json", "shown.json"]) {
      const shell = await trained(["--spec", join(folder, name)]);
      expect(startedWith(shell).specification).toEqual({ ...preset, preset: null, seed: 9 });
    }
  });

  it.each([
    ["missing.json", 2, "does not exist"],
    [".", 2, "cannot be read"],
    ["text.json", 1, "not JSON"],
    ["wrong.json", 1, "seed"],
    ["shape.json", 1, "generator"],
  ])("is refused with its fault when it is %s", async (name, code, fault) => {
    const { shell } = training();
    expect(await shell.run("train", "--spec", join(folder, name))).toBe(code);
    expect(shell.said()).toContain(fault);
    expect(shell.homes).toEqual([]);
  });

  it("is not given beside a preset, nor is neither given", async () => {
    const { shell } = training();
    expect(await shell.run("train", "--spec", "a.json", "--preset", "lsgan-dc")).toBe(2);
    expect(await shell.run("train")).toBe(2);
    expect(shell.said()).toContain("lsgan-dc, vanilla-mlp");
  });
});

it("lists the presets in its help, with their size and epochs, and which need data of one's own", async () => {
  const { shell } = training();
  expect(await shell.run("train", "--help")).toBe(0);
  const help = shell.printed().replace(/ {2,}/g, "  ");
  for (const { id, title } of presets)
    expect.soft(help).toMatch(new RegExp(`\\n  ${id} .*  ${title}`));
  expect(help).toContain("\n  lsgan-dc  28×28×1  10  Least squares, convolutional\n");
  expect(help).toContain(
    "\n  sngan-32  32×32×3  50  Spectral normalisation, 32×32 colour (needs --data)\n",
  );
});
