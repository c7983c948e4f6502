// @vitest-environment node
/** The way, the sliders, the nearest images and the search, over a generator that can be foretold. */
import { expect, test } from "vitest";
import { bytesOfVectors, vectorsOfBytes } from "../../../main/contract/explore.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Neighbours } from "../../../renderer/explore/neighbours.svelte.ts";
import { Search } from "../../../renderer/explore/search.svelte.ts";
import { Sliders } from "../../../renderer/explore/sliders.svelte.ts";
import { Walk } from "../../../renderer/explore/walk.svelte.ts";
import { drawnOf, exploring } from "./examples.ts";

const failing = () => {
  throw new Problem("session.crashed", "The process ended.");
};

test("the way leads from A to B in as many images as are asked for", async () => {
  const { exploration } = exploring();
  await exploration.load();
  const walk = new Walk(exploration);
  walk.count = 3;
  walk.draw();
  await expect.poll(() => walk.frames.map(({ vector }) => vector[0])).toEqual([1, 1.5, 2]);
  walk.position = 2;
  expect(walk.current?.vector[0]).toBe(2);
  walk.count = 2;
  walk.draw();
  await expect.poll(() => walk.frames.length).toBe(2);
  expect(walk.position).toBe(1);
});

test("a way that cannot be drawn or saved says why", async () => {
  const { exploration } = exploring({
    "explore.between": failing,
    "explore.animation": failing,
  });
  await exploration.load();
  const walk = new Walk(exploration);
  walk.draw();
  await expect.poll(() => walk.problem).toBe("The process ended.");
  expect(await walk.animation("gif")).toBeNull();
  expect(walk.saving).toBeNull();
});

test("directions of the checkpoint that was chosen last are shown, whichever answer comes last", async () => {
  const answers: (() => void)[] = [];
  const { exploration } = exploring({
    "explore.directions": () =>
      new Promise((resolve) => {
        const share = answers.length / 4;
        const directions = [{ vector: bytesOfVectors(Float32Array.of(1, 0)), share }];
        answers.push(() => {
          resolve({ directions, reason: null });
        });
      }),
  });
  await exploration.load();
  const sliders = new Sliders(exploration);
  const loads = [sliders.load(), sliders.load()];
  for (const answer of answers.toReversed()) answer();
  await Promise.all(loads);
  expect(sliders.directions.map(({ name }) => name)).toEqual(["Direction 1, 25.0 %"]);
});

test("sliders add directions and replace single numbers; reset undoes both", async () => {
  const { exploration, asked } = exploring();
  await exploration.load();
  const sliders = new Sliders(exploration);
  await sliders.load();
  sliders.start(exploration.a);
  expect(sliders.directions.map(({ name }) => name)).toEqual(["Direction 1, 25.0 %"]);
  expect([sliders.places, sliders.coordinate(0), sliders.moved]).toEqual([[0, 1], 1, false]);
  sliders.moveAlong(0, 2);
  sliders.moveCoordinate(1, -1);
  await expect.poll(() => sliders.image?.vector[1]).toBeCloseTo(-1 + 2 * 0.8, 6);
  expect(sliders.image?.vector[0]).toBeCloseTo(1 + 2 * 0.6, 6);
  sliders.reset();
  expect([sliders.moved, sliders.image]).toEqual([false, exploration.a]);
  expect(asked("explore.images").length).toBeGreaterThan(1);
});

test("a slider that moves fast asks for the first and the last place only", async () => {
  const { exploration, asked } = exploring();
  await exploration.load();
  const sliders = new Sliders(exploration);
  sliders.start(exploration.a);
  const before = asked("explore.images").length;
  for (const value of [1, 2, 3, 4]) sliders.moveCoordinate(0, value);
  await expect.poll(() => sliders.image?.vector[0]).toBe(4);
  expect(asked("explore.images").length - before).toBe(2);
});

test("what was moved before a reset does not come back when its image arrives", async () => {
  const { exploration } = exploring();
  await exploration.load();
  const sliders = new Sliders(exploration);
  sliders.start(exploration.a);
  sliders.moveCoordinate(0, 9);
  sliders.reset();
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(sliders.image).toBe(exploration.a);
});

test("numbers are shown six at a time, and the end leads to the start", async () => {
  const { exploration } = exploring();
  await exploration.load();
  const sliders = new Sliders(exploration);
  sliders.start({ ...exploration.a!, vector: new Float32Array(10) });
  sliders.turn(1);
  expect(sliders.places).toEqual([6, 7, 8, 9]);
  sliders.turn(1);
  expect(sliders.places).toEqual([0, 1, 2, 3, 4, 5]);
  sliders.turn(-1);
  expect(sliders.places[0]).toBe(6);
});

test("a generator without directions says why", async () => {
  const reason = "Directions are found for latent vectors of up to 256 numbers.";
  const { exploration } = exploring({ "explore.directions": () => ({ directions: [], reason }) });
  await exploration.load();
  const sliders = new Sliders(exploration);
  await sliders.load();
  expect([sliders.directions, sliders.reason]).toEqual([[], reason]);
});

test("nearest images belong to the image that they were looked up for", async () => {
  const nearest = {
    ...{ images: drawnOf([[3, 0]]).images, distances: [4], places: [8], labels: null },
    ...{ compared: 9, training: 9, usual: null },
  };
  const { exploration, asked } = exploring({ "explore.nearest": () => nearest });
  await exploration.load();
  const neighbours = new Neighbours(exploration);
  const { a, b } = exploration;
  await neighbours.look(a!);
  exploration.pick(b!, "a");
  expect([neighbours.of, neighbours.found]).toEqual([a, nearest]);
  expect(asked("explore.nearest")).toEqual([{ id: "run-1", step: 284, pixels: Uint8Array.of(10) }]);
});

test("a search shows its progress and keeps what it found beside what was asked", async () => {
  let finish: () => void = () => undefined;
  const { exploration, transport, asked } = exploring({
    "explore.search": async () => {
      await new Promise<void>((resolve) => (finish = resolve));
      return { ...drawnOf([[2, 0.5]]), distance: 12 };
    },
    "explore.cancelSearch": () => {
      finish();
      return { cancelled: true };
    },
  });
  await exploration.load();
  const search = new Search(exploration);
  const stop = search.open();
  const target = exploration.b!.image;
  const searching = search.start(target, null);
  const progress = { id: "run-1", done: 5, total: 10, distance: 30 };
  transport.emit("explore.searching", { ...progress, id: "another" });
  expect(search.progress).toBeNull();
  transport.emit("explore.searching", progress);
  expect([search.searching, search.progress]).toEqual([true, progress]);
  await search.cancel();
  await searching;
  expect(search.searching).toBe(false);
  expect(search.found).toMatchObject({ target, distance: 12, image: { score: 0.5 } });
  expect(asked("explore.search")).toMatchObject([{ pixels: target.pixels, seed: 0 }]);
  stop();
  expect(transport.subscriptions()).toBe(0);
});

test("leaving calls off a search that is under way", async () => {
  const { exploration, asked } = exploring({
    "explore.search": () => new Promise(() => undefined),
    "explore.cancelSearch": () => ({ cancelled: true }),
  });
  await exploration.load();
  const search = new Search(exploration);
  const stop = search.open();
  void search.start(exploration.a!.image, null);
  stop();
  expect(asked("explore.cancelSearch")).toEqual([{ id: "run-1" }]);
});

test("vectors travel as bytes", () => {
  const bytes = drawnOf([[1.5, -2]]).vectors;
  expect(bytes).toHaveLength(8);
  // From the middle of other bytes, where float32 could not begin.
  const shifted = Uint8Array.of(9, ...bytes).subarray(1);
  expect([...vectorsOfBytes(shifted)]).toEqual([1.5, -2]);
});
