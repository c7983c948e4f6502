// @vitest-environment node
import { expect, test } from "vitest";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { LiveProgress } from "../../../renderer/views/live-progress.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleProgress, exampleRun } from "../examples.ts";

function setUp() {
  const transport = createFakeTransport({});
  const progress = new LiveProgress(createStudio(transport));
  return { transport, progress, stop: progress.open() };
}

test("a run that has not told yet is as far as its whole epochs", () => {
  const { progress } = setUp();
  const run = exampleRun({ epoch: 2, epochs: 10 });
  expect([progress.shareOf(run), progress.wordsOf(run)]).toEqual([0.2, "20 %"]);
});

test("then it is as far as it says, with the time left; paused it has none", () => {
  const { transport, progress, stop } = setUp();
  transport.emit("run.progress", exampleProgress(710));
  expect(progress.wordsOf(exampleRun())).toBe("50 %, 2 min left");
  expect(progress.wordsOf(exampleRun({ status: "paused" }))).toBe("50 %, paused");
  expect(progress.wordsOf(exampleRun({ status: "starting" }))).toBe("Starting");
  stop();
  expect(transport.subscriptions()).toBe(0);
});

test("a run that ended and is resumed does not begin where it was before", () => {
  const { transport, progress } = setUp();
  transport.emit("run.progress", exampleProgress(1420));
  transport.emit("run.changed", exampleRun({ status: "finished" }));
  expect(progress.shareOf(exampleRun({ epoch: 10, epochs: 20 }))).toBe(0.5);
});
