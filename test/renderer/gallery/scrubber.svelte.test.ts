// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sample } from "../../../main/contract/runs.ts";
import { Scrubber } from "../../../renderer/gallery/scrubber.svelte.ts";
import { exampleSample } from "../examples.ts";

let samples: Sample[];
let scrubber: Scrubber;

beforeEach(() => {
  vi.useFakeTimers();
  samples = [1, 2, 3].map(exampleSample);
  scrubber = new Scrubber(() => samples);
});
afterEach(() => {
  scrubber.stop();
  vi.useRealTimers();
});

test("the newest grid is shown, also when a newer one comes", () => {
  expect(scrubber.current?.epoch).toBe(3);
  samples = [...samples, exampleSample(4)];
  expect(scrubber.current?.epoch).toBe(4);
});

test("an older grid stays when a newer one comes", () => {
  scrubber.choose(0);
  samples = [...samples, exampleSample(4)];
  expect(scrubber.current?.epoch).toBe(1);
});

test("going to the end follows the newest again", () => {
  scrubber.choose(0);
  scrubber.choose(2);
  samples = [...samples, exampleSample(4)];
  expect(scrubber.current?.epoch).toBe(4);
});

test("without grids there is nothing to show, whatever is chosen", () => {
  samples = [];
  scrubber.choose(3);
  expect([scrubber.index, scrubber.current]).toEqual([-1, null]);
});

test("a chosen grid that is gone gives way to the newest", () => {
  scrubber.choose(0);
  samples = samples.slice(1);
  expect(scrubber.current?.epoch).toBe(3);
});

test("playing goes through all grids and ends by itself", () => {
  scrubber.play();
  const seen = [scrubber.current?.epoch];
  while (scrubber.playing) {
    vi.advanceTimersToNextTimer();
    seen.push(scrubber.current?.epoch);
  }
  expect(seen).toEqual([1, 2, 3]);
  expect(vi.getTimerCount()).toBe(0);
});

test("play again stops where it is", () => {
  scrubber.play();
  scrubber.play();
  expect([scrubber.playing, scrubber.current?.epoch]).toEqual([false, 1]);
  expect(vi.getTimerCount()).toBe(0);
});
