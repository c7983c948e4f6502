// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { RunSummary } from "../../../main/contract/runs.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { LiveRuns } from "../../../renderer/train/live-runs.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleRun } from "../examples.ts";

test("only live runs are listed, newest first, as they come and go", async () => {
  const transport = createFakeTransport({
    "runs.list": () => ({
      runs: [exampleRun({ id: "a", createdAt: 1 })],
      total: 1,
    }),
  });
  const live = new LiveRuns(createStudio(transport));
  const close = live.open();
  const ids = () => live.runs.map(({ id }) => id);
  await vi.waitFor(() => {
    expect(ids()).toEqual(["a"]);
  });
  expect(transport.asked.map(({ payload }) => payload)).toEqual([
    { limit: 100, status: ["starting", "running", "paused"] },
  ]);
  transport.emit("run.changed", exampleRun({ id: "b", createdAt: 2, status: "starting" }));
  transport.emit("run.changed", exampleRun({ id: "a", createdAt: 1, status: "paused" }));
  expect(ids()).toEqual(["b", "a"]);
  transport.emit("run.changed", exampleRun({ id: "b", status: "failed" }));
  expect(ids()).toEqual(["a"]);
  close();
  expect(transport.subscriptions()).toBe(0);
});

test("a run that ends while the list is on its way is not listed, and a failed question drops none", async () => {
  const asked: PromiseWithResolvers<{ runs: RunSummary[]; total: number }>[] = [];
  const transport = createFakeTransport({
    "runs.list": () => {
      const next = Promise.withResolvers<{ runs: RunSummary[]; total: number }>();
      asked.push(next);
      return next.promise;
    },
  });
  const live = new LiveRuns(createStudio(transport));
  live.open();
  transport.emit("run.changed", exampleRun({ id: "a", status: "finished" }));
  asked[0]?.resolve({ runs: [exampleRun({ id: "a" }), exampleRun({ id: "b" })], total: 2 });
  await vi.waitFor(() => {
    expect(live.runs.map(({ id }) => id)).toEqual(["b"]);
  });
  transport.setConnection("lost");
  transport.setConnection("connected");
  asked[1]?.reject(new Error("gone"));
  await asked[1]?.promise.catch(() => undefined);
  expect(live.runs.map(({ id }) => id)).toEqual(["b"]);
});
