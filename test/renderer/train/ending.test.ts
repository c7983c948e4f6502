// @vitest-environment node
import { expect, test } from "vitest";
import type { RunStatus } from "../../../main/contract/runs.ts";
import { endingOf } from "../../../renderer/train/ending.ts";
import { exampleDetail, exampleRun } from "../examples.ts";

const ending = (status: RunStatus, reason: string | null = null, kept = true) => {
  const detail = exampleDetail({ run: exampleRun({ status, reason }) });
  return endingOf(kept ? detail : { ...detail, checkpoints: [] });
};

test("a live run has not ended", () => {
  for (const status of ["starting", "running", "paused"] as const)
    expect(ending(status)).toBeNull();
});

test("each ending says what was kept and what to do", () => {
  for (const status of ["finished", "stopped", "interrupted", "failed"] as const) {
    const text = ending(status)?.text ?? "";
    expect(text).toMatch(/Saved up to step 284/);
    expect(text).toMatch(/epochs train it further|Resume goes on/);
  }
});

test("the reason comes first, as a sentence", () => {
  expect(ending("failed", "The disk is full")?.text).toMatch(/^The disk is full\. Saved/);
  expect(ending("failed", "The disk is full.")?.text).toMatch(/^The disk is full\. Saved/);
});

test("an interrupted run without a reason still says what happened", () => {
  expect(ending("interrupted")?.text).toMatch(/^GAN Studio ended while this run was training\./);
});

test("without a checkpoint nobody is told to resume", () => {
  const text = ending("failed", null, false)?.text ?? "";
  expect(text).toMatch(/No checkpoint was written/);
  expect(text).toMatch(/Start a new run/);
  expect(text).not.toMatch(/Resume/);
});

test("a run that waits for room on the disk says so, and that it keeps everything", () => {
  const reason = "The disk is full. The run is paused and keeps all that it has done.";
  const run = exampleRun({ status: "paused", code: "disk.full", reason });
  expect(endingOf(exampleDetail({ run }))).toEqual({
    ...{ tone: "warn", title: "Waiting for room on the disk", text: reason },
  });
});
