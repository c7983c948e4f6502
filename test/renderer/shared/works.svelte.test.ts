/** What was asked for before the page was loaded goes on in it: each kind of work that lasts. */
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Addition } from "../../../renderer/datasets/addition.svelte.ts";
import { Downloads } from "../../../renderer/datasets/downloads.svelte.ts";
import { RunEvaluations } from "../../../renderer/evaluation/evaluations.svelte.ts";
import { Search } from "../../../renderer/explore/search.svelte.ts";
import { Benchmark } from "../../../renderer/settings/benchmark.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { joinWork } from "../../../renderer/shared/works.ts";
import { Reproducing } from "../../../renderer/train/reproducing.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleWork } from "../examples.ts";
import { drawnOf, exploring } from "../explore/examples.ts";

const studioOf = (answers: Partial<Handlers>) => createStudio(createFakeTransport(answers));
const reading = { id: "run-1", done: 2, total: 5, stage: "real", checkpoint: 1, checkpoints: 1 };

test("the one that fits is joined; where there is none, or nobody knows, there is nothing", async () => {
  const studio = studioOf(exampleWork({ command: "runs.evaluate", payload: { id: "a" } }, () => 7));
  const work = await joinWork(studio, "runs.evaluate", ({ id }) => id === "a");
  expect([work?.payload, await work?.answer]).toEqual([{ id: "a" }, 7]);
  expect(await joinWork(studio, "runs.evaluate", ({ id }) => id === "b")).toBeNull();
  expect(await joinWork(studio, "runs.reproduce")).toBeNull();
  expect(await joinWork(studioOf({}), "runs.reproduce")).toBeNull();
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
