// @vitest-environment node
import { expect, test } from "vitest";
import type { BenchResult } from "../../../main/contract/system.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Benchmark, gainWords } from "../../../renderer/settings/benchmark.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

const mode = (name: "compiled" | "eager", msPerStep: number) => ({
  ...{ mode: name, msPerStep, imagesPerSecond: 1 },
});
const resultOf = (preset: string, ...modes: BenchResult["modes"]): BenchResult => ({
  ...{ preset, engine: "tensorflow", device: "CPU", threads: 2, modes, note: null },
});

test("what was measured is shown for its preset alone, and asked for once at a time", async () => {
  const transport = createFakeTransport({
    "system.bench": ({ preset }) => resultOf(preset, mode("eager", 5)),
  });
  const benchmark = new Benchmark(createStudio(transport));
  benchmark.choose("vanilla-mlp");
  await Promise.all([benchmark.measure(), benchmark.measure()]);
  expect(transport.asked).toMatchObject([{ payload: { preset: "vanilla-mlp", engine: "auto" } }]);
  expect(benchmark.result?.preset).toBe("vanilla-mlp");
  benchmark.choose("lsgan-dc");
  expect([benchmark.result, benchmark.measuring]).toEqual([null, false]);
});

test("a measurement that fails says why", async () => {
  const transport = createFakeTransport({
    "system.bench": () => {
      throw new Problem("engine.memory", "There is too little memory.");
    },
  });
  const benchmark = new Benchmark(createStudio(transport));
  await benchmark.measure();
  expect([benchmark.problem, benchmark.measuring]).toEqual(["There is too little memory.", false]);
});

test("the gain is told in words, and only where there are both modes", () => {
  expect(gainWords(resultOf("a", mode("compiled", 10), mode("eager", 32)))).toBe(
    "Compiled steps are 3.2 times as quick.",
  );
  expect(gainWords(resultOf("a", mode("compiled", 10), mode("eager", 10)))).toMatch(/nothing/);
  expect(gainWords(resultOf("a", mode("eager", 10)))).toBeNull();
});

test("a measurement that is stopped leaves neither figures nor a complaint", async () => {
  const { promise, reject } = Promise.withResolvers<BenchResult>();
  const transport = createFakeTransport({
    "system.bench": () => promise,
    "system.cancelBench": () => {
      reject(new Problem("bench.cancelled", "The measuring was called off."));
      return { cancelled: true };
    },
  });
  const benchmark = new Benchmark(createStudio(transport));
  const measured = benchmark.measure();
  expect(benchmark.measuring).toBe(true);
  await benchmark.stop();
  await measured;
  expect([benchmark.measuring, benchmark.problem, benchmark.result]).toEqual([false, null, null]);
});
