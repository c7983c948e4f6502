// @vitest-environment node
import { expect, test } from "vitest";
import { withEvent, withSample, withSummary } from "../../../renderer/train/run-detail.ts";
import { exampleDetail, exampleRun, exampleSample } from "../examples.ts";

test("a newer summary replaces the old one", () => {
  const run = exampleRun({ status: "paused", updatedAt: exampleRun().updatedAt + 1 });
  expect(withSummary(exampleDetail(), run).run.status).toBe("paused");
});

test("a summary that was overtaken changes nothing", () => {
  const old = exampleRun({ status: "starting", updatedAt: exampleRun().updatedAt - 1 });
  expect(withSummary(exampleDetail(), old)).toEqual(exampleDetail());
});

test("samples stay in order, however they come", () => {
  const detail = withSample(exampleDetail({ samples: [exampleSample(3)] }), exampleSample(1));
  expect(detail.samples.map(({ epoch }) => epoch)).toEqual([1, 3]);
});

test("a grid that is drawn again replaces the old one", () => {
  const again = { ...exampleSample(2), count: 64 };
  expect(withSample(exampleDetail(), again).samples).toEqual([exampleSample(1), again]);
});

test("the same event is told once", () => {
  const event = { at: 5, step: 2, kind: "paused", detail: "" };
  const once = withEvent(exampleDetail(), event);
  expect(once.events.length).toBe(2);
  expect(withEvent(once, { ...event })).toBe(once);
});
