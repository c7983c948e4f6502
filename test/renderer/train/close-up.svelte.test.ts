// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { CloseUp } from "../../../renderer/train/close-up.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleMeasurements } from "../examples.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function setUp(fails = false) {
  const transport = createFakeTransport({
    "runs.measurements": ({ after = -1, before = 0 }) => {
      if (fails) throw new Error("lost");
      const count = Math.max(0, before - after - 1);
      return exampleMeasurements(Array.from({ length: count }, (_, i) => after + 1 + i));
    },
  });
  return { transport, closeUp: new CloseUp(createStudio(transport), "run-1") };
}

const few = exampleMeasurements([0, 100, 200, 300]);
const span = { from: 100, to: 140 };

test("where someone looks closer, all measurements are fetched once the span stands still", async () => {
  const { transport, closeUp } = setUp();
  closeUp.look({ from: 90, to: 150 });
  closeUp.look(span);
  expect(closeUp.over(few, span)).toBe(few);
  await vi.advanceTimersByTimeAsync(500);
  expect(transport.asked.map(({ payload }) => payload)).toEqual([
    { id: "run-1", after: 90, before: 151, points: 4000 },
  ]);
  const { steps } = closeUp.over(few, span);
  expect([steps[0], steps.at(-1)]).toEqual([91, 300]);
  expect(steps).toContain(123);
});

test("the same question has the same answer, so that nothing is computed anew", async () => {
  const { closeUp } = setUp();
  closeUp.look(span);
  await vi.advanceTimersByTimeAsync(500);
  const inner = { from: 110, to: 130 };
  expect(closeUp.over(few, inner)).toBe(closeUp.over(few, span));
});

test("outside of what was fetched, and for the whole run, all is shown", async () => {
  const { closeUp } = setUp();
  closeUp.look(span);
  await vi.advanceTimersByTimeAsync(500);
  expect(closeUp.over(few, { from: 200, to: 240 })).toBe(few);
  expect(closeUp.over(few, null)).toBe(few);
});

test("a failed question leaves what was there", async () => {
  const { closeUp } = setUp(true);
  closeUp.look(span);
  await vi.advanceTimersByTimeAsync(500);
  expect(closeUp.over(few, span)).toBe(few);
});

test("after closing nothing is asked", async () => {
  const { transport, closeUp } = setUp();
  closeUp.look(span);
  closeUp.close();
  await vi.advanceTimersByTimeAsync(500);
  expect(transport.asked).toEqual([]);
});
