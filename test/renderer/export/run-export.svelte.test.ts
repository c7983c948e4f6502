import { describe, expect, it, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { ExportResult } from "../../../main/contract/exports.ts";
import type { Work } from "../../../main/contract/works.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { RunExport } from "../../../renderer/export/run-export.svelte.ts";
import { keep } from "../../../renderer/shared/kept.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail } from "../examples.ts";

const result: ExportResult = {
  ...{ id: "run", step: 20, epoch: 2, maxAbsDifference: 1e-7 },
  formats: [
    {
      ...{ format: "onnx", files: ["generator.onnx"], bytes: 1000, difference: 1e-7 },
      ...{ checkedBy: "onnxruntime", loading: null },
    },
  ],
};

async function opened(answers: Partial<Handlers> = {}, checkpoints = [10, 20]) {
  const transport = createFakeTransport({
    "runs.get": () => ({
      ...exampleDetail(),
      checkpoints: checkpoints.map((step) => ({ step, epoch: step / 10, bytes: 1, sha256: "" })),
    }),
    "exports.write": ({ path }) => ({ ...result, path, files: [`${path}/generator.onnx`] }),
    "exports.archive": () => ({ ...result, name: "run.zip", archive: Uint8Array.of(1, 2) }),
    "exports.cancel": () => ({ cancelled: true }),
    ...answers,
  });
  const saved: [string, number][] = [];
  const run = new RunExport(createStudio(transport), "run", (name, content) => {
    saved.push([name, content.length]);
  });
  const close = run.open();
  await run.load();
  return { run, saved, transport, close };
}

const asked = (transport: { asked: readonly { command: string; payload: unknown }[] }) =>
  transport.asked.findLast(({ command }) => command.startsWith("exports."))?.payload;

describe("exporting a run", () => {
  it("starts from the last checkpoint and saves an archive", async () => {
    const { run, saved, transport } = await opened();
    expect(run.step).toBe(20);
    run.toggle("onnx");
    run.toggle("html");
    expect(run.formats).toEqual(["onnx"]);
    await run.start();
    expect(saved).toEqual([["run.zip", 2]]);
    expect(run.result).toMatchObject({ where: "run.zip", maxAbsDifference: 1e-7 });
    expect(asked(transport)).toEqual({
      ...{ id: "run", step: 20, player: "generator", formats: ["onnx"], half: false },
    });
  });

  it("takes the newest checkpoint of a run that trains on, unless an older one was chosen", async () => {
    const checkpoints = [10, 20];
    const { run } = await opened({}, checkpoints);
    run.change({ half: true });
    checkpoints.push(30);
    await run.load();
    expect(run.step).toBe(30);
    run.choose(20);
    run.choose(30);
    checkpoints.push(40);
    await run.load();
    expect(run.step).toBe(40);
    run.choose(20);
    checkpoints.push(50);
    await run.load();
    expect(run.step).toBe(20);
  });

  it("sends options only to formats that take them", async () => {
    const { run, transport } = await opened();
    run.change({ half: true, batch: 8, count: 5, seed: 3, layout: "tensorflow" });
    run.change({ target: "path", path: " ~/exports " });
    for (const format of ["html", "npy", "safetensors"] as const) run.toggle(format);
    await run.start();
    expect(asked(transport)).toEqual({
      ...{ id: "run", step: 20, player: "generator", formats: ["safetensors", "npy"] },
      ...{ half: true, layout: "tensorflow", count: 5, seed: 3 },
      ...{ path: "~/exports", overwrite: false },
    });
    expect(run.result?.where).toBe("~/exports");
  });

  it("says what is missing before it can begin", async () => {
    const { run, transport } = await opened();
    run.toggle("html");
    expect(run.fieldProblem).toBe("Choose at least one format.");
    run.toggle("npy");
    run.change({ count: 0 });
    expect(run.fieldProblem).toMatch(/number of images/);
    run.change({ count: 4, seed: null });
    expect(run.fieldProblem).toMatch(/seed/);
    run.change({ seed: 0, target: "path", path: " " });
    expect(run.fieldProblem).toBe("Name the folder to write to.");
    await run.start();
    expect(asked(transport)).toBeUndefined();
    run.change({ target: "download" });
    expect(run.fieldProblem).toBeNull();
  });

  it("drops images for the discriminator, which draws none", async () => {
    const { run } = await opened();
    for (const format of ["png", "onnx"] as const) run.toggle(format);
    run.change({ player: "discriminator" });
    expect(run.formats).toEqual(["onnx"]);
    expect(run.hasAverage).toBe(false);
  });

  it("follows its own progress while it works, and stops listening", async () => {
    const begun = Promise.withResolvers<undefined>();
    const { run, transport, close } = await opened({
      "exports.archive": async () => {
        await begun.promise;
        return { ...result, name: "run.zip", archive: new Uint8Array() };
      },
    });
    const working = run.start();
    expect(run.working).toBe(true);
    const stage = { format: "html", stage: "checking", done: 0, total: 1 } as const;
    transport.emit("export.progress", { id: "other", ...stage });
    expect(run.progress).toBeNull();
    transport.emit("export.progress", { id: "run", ...stage });
    expect(run.progress).toMatchObject(stage);
    await run.cancel();
    expect(asked(transport)).toEqual({ id: "run" });
    begun.resolve(undefined);
    await working;
    expect(run.progress).toBeNull();
    close();
    expect(transport.subscriptions()).toBe(0);
  });

  it("tells why nothing was exported, and keeps the fields", async () => {
    const { run, saved } = await opened({
      "exports.archive": () => {
        throw new Problem("export.unsupported", "Layer 3 has no counterpart.");
      },
    });
    await run.start();
    expect(run.problem).toBe("Layer 3 has no counterpart.");
    expect(run.result).toBeNull();
    expect(saved).toEqual([]);
    expect(run.formats).toEqual(["html"]);
  });

  it("waits for the first checkpoint", async () => {
    const { run, transport } = await opened({}, []);
    expect(run.step).toBeNull();
    await run.start();
    expect(asked(transport)).toBeUndefined();
  });

  it("says why a run cannot be shown", async () => {
    const { run } = await opened({
      "runs.get": () => {
        throw new Problem("run.unknown", "There is no run «run».");
      },
    });
    expect(run.loadProblem).toBe("There is no run «run».");
  });

  it("has its fields and what came of it again after a reload", async () => {
    const before = await opened();
    before.run.toggle("onnx");
    before.run.change({ step: 10, half: true, target: "path", path: "/exports/a" });
    await before.run.start();
    const { run } = await opened();
    expect(run.formats).toEqual(["html", "onnx"]);
    expect(run.settings).toMatchObject({ step: 10, half: true, path: "/exports/a" });
    expect(run.result).toMatchObject({ where: "/exports/a", maxAbsDifference: 1e-7 });
  });

  it("chooses the newest checkpoint where the one that was chosen has gone", async () => {
    const before = await opened();
    before.run.change({ step: 10 });
    const { run } = await opened({}, [20, 30]);
    expect(run.step).toBe(30);
  });

  it("goes on with an export that the page before asked for, and saves its archive", async () => {
    keep("archive of run", true);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const progress = {
      ...{ id: "run", format: "onnx" as const, stage: "checking" as const, done: 1, total: 2 },
    };
    const { run, saved } = await opened({
      "works.list": () => ({
        works: [
          { id: "1", command: "exports.archive", payload: { id: "other" }, progress: null },
          { id: "2", command: "exports.archive", payload: { id: "run" }, progress },
        ],
      }),
      "works.join": async ({ id }) => {
        await promise;
        return { ...result, name: `${id}.zip`, archive: Uint8Array.of(1, 2, 3) };
      },
    });
    await vi.waitFor(() => {
      expect(run.working).toBe(true);
    });
    expect(run.progress).toEqual(progress);
    resolve(undefined);
    await vi.waitFor(() => {
      expect(run.working).toBe(false);
    });
    expect(saved).toEqual([["2.zip", 3]]);
    expect(run.result).toMatchObject({ where: "2.zip" });
  });

  it("saves once what it asked for itself, though its screen is left and opened again", async () => {
    keep("archive of run", true);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const archive = async () => {
      await promise;
      return { ...result, name: "run.zip", archive: Uint8Array.of(1) };
    };
    const { run, saved, close } = await opened({
      "exports.archive": archive,
      "works.list": () => ({
        works: [{ id: "1", command: "exports.archive", payload: { id: "run" }, progress: null }],
      }),
      "works.join": archive,
    });
    await vi.waitFor(() => {
      expect(run.working).toBe(true);
    });
    close();
    run.open();
    resolve(undefined);
    await vi.waitFor(() => {
      expect(run.working).toBe(false);
    });
    expect(saved).toEqual([["run.zip", 1]]);
  });

  it("shows what another tab exports, and leaves the saving to it", async () => {
    const work = { id: "1", command: "exports.archive", payload: { id: "run" }, progress: null };
    const { run, saved } = await opened({
      "works.list": () => ({ works: [work as Work] }),
      "works.join": () => ({ ...result, name: "run.zip", archive: Uint8Array.of(1) }),
    });
    await vi.waitFor(() => {
      expect(run.result?.where).toBe("run.zip");
    });
    expect(saved).toEqual([]);
  });

  it("tells why an export failed that the page before asked for", async () => {
    const { run } = await opened({
      "works.list": () => ({
        works: [{ id: "1", command: "exports.write", payload: { id: "run" }, progress: null }],
      }),
      "works.join": () => {
        throw new Problem("disk.full", "The disk is full.");
      },
    });
    await vi.waitFor(() => {
      expect(run.problem).toBe("The disk is full.");
    });
    expect(run.working).toBe(false);
  });
});
