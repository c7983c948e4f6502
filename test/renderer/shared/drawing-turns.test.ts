// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { DrawingTurns } from "../../../renderer/shared/drawing-turns.ts";

const frames: (() => void)[] = [];
let now = 0;
const nextFrame = () => frames.shift()?.();

beforeEach(() => {
  frames.length = now = 0;
  vi.stubGlobal("requestAnimationFrame", (frame: () => void) => frames.push(frame));
  vi.stubGlobal("performance", { now: () => now });
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function turnsOf(cost: number) {
  const turns = new DrawingTurns();
  const drawn: string[] = [];
  const charts = ["a", "b", "c"].map((name) => ({ name }));
  const askAll = (mark = "") => {
    for (const chart of charts)
      turns.ask(chart, () => {
        drawn.push(chart.name + mark);
        now += cost;
      });
  };
  return { turns, drawn, charts, askAll };
}

test("cheap drawings share a frame, dear ones have one each", () => {
  const cheap = turnsOf(1);
  cheap.askAll();
  expect(cheap.drawn).toEqual([]);
  nextFrame();
  expect(cheap.drawn).toEqual(["a", "b", "c"]);
  expect(frames).toEqual([]);
  const dear = turnsOf(10);
  dear.askAll();
  nextFrame();
  expect(dear.drawn).toEqual(["a"]);
  nextFrame();
  nextFrame();
  expect(dear.drawn).toEqual(["a", "b", "c"]);
});

test("what changes in each frame is drawn as it is then, and no chart waits for ever", () => {
  const { drawn, askAll, turns, charts } = turnsOf(10);
  for (const mark of ["1", "2", "3", "4"]) {
    askAll(mark);
    nextFrame();
  }
  expect(drawn).toEqual(["a1", "b2", "c3", "a4"]);
  for (const chart of charts) turns.drop(chart);
  nextFrame();
  expect(drawn).toHaveLength(4);
  expect(frames).toEqual([]);
});
