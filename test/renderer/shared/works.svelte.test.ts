/** What was asked for before the page was loaded goes on in it: each kind of work that lasts. */
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Addition } from "../../../renderer/datasets/addition.svelte.ts";
import { Preparing } from "../../../renderer/datasets/preparing.svelte.ts";
import { Downloads } from "../../../renderer/datasets/downloads.svelte.ts";
import { RunEvaluations } from "../../../renderer/evaluation/evaluations.svelte.ts";
import { Search } from "../../../renderer/explore/search.svelte.ts";
import { Benchmark } from "../../../renderer/settings/benchmark.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { findWork } from "../../../renderer/shared/works.ts";
import { Reproducing } from "../../../renderer/train/reproducing.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleWork } from "../examples.ts";
import { drawnOf, exploring } from "../explore/examples.ts";

const studioOf = (answers: Partial<Handlers>) => createStudio(createFakeTransport(answers));
const photos = {
  kind: "folder",
  path: "/photos",
  filter: "",
  height: 8,
  width: 8,
  channels: 3,
} as const;
const reading = { id: "run-1", done: 2, total: 5, stage: "real", checkpoint: 1, checkpoints: 1 };

test("the one that fits is joined; where there is none, or nobody knows, there is nothing", async () => {
  const studio = studioOf(exampleWork({ command: "runs.evaluate", payload: { id: "a" } }, () => 7));
  const work = await findWork(studio, "runs.evaluate", ({ id }) => id === "a");
  expect([work?.payload, await work?.join()]).toEqual([{ id: "a" }, 7]);
  expect(await findWork(studio, "runs.evaluate", ({ id }) => id === "b")).toBeNull();
  expect(await findWork(studio, "runs.reproduce")).toBeNull();
  expect(await findWork(studioOf({}), "runs.reproduce")).toBeNull();
});

test("an evaluation shows how far it is, and why it failed in the end", async () => {
  const { promise, reject } = Promise.withResolvers();
  const work = { command: "runs.evaluate", payload: { id: "run-1" }, progress: reading } as const;
  const answers = { "runs.evaluations": () => ({ evaluations: [] }) };
  const quality = new RunEvaluations(
    studioOf({ ...answers, ...exampleWork(work, () => promise) }),
    "run-1",
  );
  quality.open();
  await vi.waitFor(() => {
    expect([quality.asked, quality.progress]).toEqual([true, reading]);
  });
  reject(new Problem("disk.full", "The disk is full."));
  await vi.waitFor(() => {
    expect([quality.asked, quality.progress, quality.problem]).toEqual([
      ...[false, null, "The disk is full."],
    ]);
  });
});

test("a reproduction that is silent, or fails, is followed too", async () => {
  const { promise, reject } = Promise.withResolvers();
  const work = { command: "runs.reproduce", payload: { id: "run-1" } } as const;
  const reproducing = new Reproducing(studioOf(exampleWork(work, () => promise)), "run-1");
  reproducing.open();
  await vi.waitFor(() => {
    expect(reproducing.isRunning).toBe(true);
  });
  reject(new Problem("session.crashed", "The process ended."));
  await vi.waitFor(() => {
    expect([reproducing.isRunning, reproducing.problem]).toEqual([false, "The process ended."]);
  });
});

test("images that are added are handed on at their end; what is typed meanwhile stays", async () => {
  const { promise, resolve } = Promise.withResolvers();
  const progress = {
    ...{ source: "/photos", stage: "pictures", done: 1, total: 9, secondsLeft: null },
  };
  const work = { command: "datasets.add", payload: { source: "/photos" }, progress } as const;
  const added: string[] = [];
  const addition = new Addition(studioOf(exampleWork(work, () => promise)), ({ id }) =>
    added.push(id),
  );
  addition.open();
  await vi.waitFor(() => {
    expect([addition.source, addition.progress]).toEqual(["/photos", progress]);
  });
  addition.path = "/others";
  resolve(exampleDataset({ id: "folder-1" }));
  await vi.waitFor(() => {
    expect(addition.outcome?.tone).toBe("good");
  });
  expect([added, addition.path, addition.source]).toEqual([["folder-1"], "/others", null]);
});

test("a download is shown while it is silent, as far as it was", async () => {
  const progress = { id: "mnist", file: "train", bytes: 5, total: 5 };
  const work = { command: "datasets.download", payload: { id: "mnist" }, progress } as const;
  const download = vi.fn(() => new Promise<never>(() => undefined));
  const downloads = new Downloads(
    studioOf({ ...exampleWork(work, () => undefined), "datasets.download": download }),
    () => undefined,
  );
  downloads.open();
  await vi.waitFor(() => {
    expect(downloads.stateOf("mnist")).toMatchObject({ kind: "running", progress });
  });
  expect(download).toHaveBeenCalledOnce();
});

test("a measuring goes on with its preset, and its result outlasts the next reload", async () => {
  const result = { preset: "lsgan-dc", engine: "wasm", device: "CPU", threads: 2, note: null };
  const answer = { ...result, modes: [{ mode: "eager", msPerStep: 5, imagesPerSecond: 1 }] };
  const payload = { preset: "lsgan-dc", steps: 1, warmup: 0, engine: "auto" };
  const studio = studioOf(exampleWork({ command: "system.bench", payload }, () => answer));
  const benchmark = new Benchmark(studio);
  await benchmark.rejoin();
  expect(benchmark.result).toEqual(answer);
  expect(new Benchmark(studio).result).toEqual(answer);
});

test("a search keeps what it looks for beside what it finds", async () => {
  const payload = { id: "run-1", pixels: Uint8Array.of(90), label: null, seed: 0 };
  const answer = () => ({ ...drawnOf([[9, 0.5]]), distance: 2 });
  const { exploration } = exploring(exampleWork({ command: "explore.search", payload }, answer));
  await exploration.load();
  const search = new Search(exploration);
  search.open();
  await vi.waitFor(() => {
    expect(search.found).toMatchObject({ distance: 2, target: { pixels: payload.pixels } });
  });
});

test("what another page began is over here too, when it fails or its last word comes late", async () => {
  const { promise, reject } = Promise.withResolvers();
  const works = exampleWork({ command: "runs.reproduce", payload: { id: "run-1" } }, () => promise);
  const list = vi.fn<() => ReturnType<Handlers["works.list"]>>(() => ({ works: [] }));
  const transport = createFakeTransport({ ...works, "works.list": list });
  const reproducing = new Reproducing(createStudio(transport), "run-1");
  reproducing.open();
  await vi.waitFor(() => {
    expect(list).toHaveBeenCalledOnce();
  });
  list.mockImplementation(() => works["works.list"]({}));
  transport.emit("run.reproducing", { id: "run-1", step: 3, totalSteps: 9 });
  await vi.waitFor(() => {
    expect(transport.asked.at(-1)?.command).toBe("works.join");
  });
  expect(reproducing.isRunning).toBe(true);
  reject(new Problem("session.crashed", "The process ended."));
  await vi.waitFor(() => {
    expect([reproducing.isRunning, reproducing.problem]).toEqual([false, "The process ended."]);
  });
  list.mockImplementation(() => ({ works: [] }));
  transport.emit("run.reproducing", { id: "run-1", step: 4, totalSteps: 9 });
  await vi.waitFor(() => {
    expect(reproducing.isRunning).toBe(false);
  });
});

test("an evaluation that another page called off does not go on here", async () => {
  const list = vi.fn<() => ReturnType<Handlers["works.list"]>>(() => ({ works: [] }));
  const transport = createFakeTransport({
    ...{ "works.list": list, "runs.evaluations": () => ({ evaluations: [] }) },
    "works.join": () => {
      throw new Problem("evaluation.cancelled", "It was called off.");
    },
  });
  const quality = new RunEvaluations(createStudio(transport), "run-1");
  quality.open();
  await vi.waitFor(() => {
    expect(quality.evaluations).toEqual([]);
  });
  const work = { id: "1", command: "runs.evaluate", payload: { id: "run-1" }, progress: null };
  list.mockReturnValue({ works: [{ ...work, command: "runs.evaluate" }] });
  transport.emit("run.evaluating", { ...reading, stage: "real" });
  expect(quality.progress).not.toBeNull();
  await vi.waitFor(() => {
    expect([quality.progress, quality.asked, quality.problem]).toEqual([null, false, null]);
  });
});

test("images that another page fails to add leave the form free, and the reason", async () => {
  const list = vi.fn<() => ReturnType<Handlers["works.list"]>>(() => ({ works: [] }));
  const transport = createFakeTransport({
    "works.list": list,
    "works.join": () => {
      throw new Problem("data.missing", "The folder is gone.");
    },
  });
  const addition = new Addition(createStudio(transport), () => undefined);
  const preparing = new Preparing(createStudio(transport), () => photos);
  for (const one of [addition, preparing]) one.open();
  await vi.waitFor(() => {
    expect(list).toHaveBeenCalledTimes(2);
  });
  const payload = { source: "/photos" };
  list.mockReturnValue({ works: [{ id: "1", command: "datasets.add", payload, progress: null }] });
  transport.emit("dataset.preparing", {
    ...{ source: "/photos", stage: "pictures", done: 1, total: 9, secondsLeft: null },
  });
  expect([addition.source, preparing.progress?.done]).toEqual(["/photos", 1]);
  await vi.waitFor(() => {
    expect(addition.outcome?.text).toBe("The folder is gone.");
    expect([addition.source, preparing.progress]).toEqual([null, null]);
  });
});
