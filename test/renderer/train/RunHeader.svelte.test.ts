import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunDetail, RunStatus } from "../../../main/contract/runs.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import RunHeader from "../../../renderer/train/RunHeader.svelte";
import { TrainingRun } from "../../../renderer/train/training-run.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleMeasurements, exampleRun } from "../examples.ts";

function show(
  status: RunStatus,
  changes: Partial<RunDetail> = {},
  answers: Partial<Handlers> = {},
) {
  const detail = exampleDetail({ run: exampleRun({ status, epoch: 10, epochs: 10 }), ...changes });
  const transport = createFakeTransport(answers);
  const training = new TrainingRun(createStudio(transport), "run-1");
  render(RunHeader, {
    props: {
      training,
      detail,
      preset: null,
      again: "#/new?from=run-1",
      explore: "#/explore/run-1",
      exporting: "#/export/run-1",
    },
  });
  return transport;
}

const buttons = () => screen.getAllByRole("button").map((button) => button.textContent.trim());

test("each state offers what can be done in it, and nothing else", () => {
  show("running");
  expect(buttons()).toEqual(["Save now", "Stop and save", "Pause"]);
});

test("a paused run can go on, or do one step", async () => {
  const transport = show("paused", {}, { "runs.step": () => exampleMeasurements([3]) });
  expect(buttons()).toEqual(["Save now", "Stop and save", "Step once", "Continue"]);
  await fireEvent.click(screen.getByRole("button", { name: "Step once" }));
  expect(transport.asked[0]).toEqual({ command: "runs.step", payload: { id: "run-1" } });
});

test("what computes the run is told as it was said last", () => {
  const ready = (detail: string) => ({ at: 1, step: 0, kind: "ready", detail });
  show("running", { events: [ready("Slow."), ready("Fast, on the CPU.")] });
  expect(screen.getByText("Fast, on the CPU.")).toBeTruthy();
});

test("a run that starts cannot be paused or saved yet, but stopped", () => {
  show("starting");
  const disabled = screen
    .getAllByRole("button")
    .map((button) => button.getAttribute("aria-disabled") === "true");
  expect(disabled).toEqual([true, false, true]);
});

test("an ended run without a checkpoint can only be started anew", () => {
  show("failed", { checkpoints: [] });
  expect(screen.queryByRole("button")).toBeNull();
  expect(screen.getByRole("link", { name: "New run like this" }).getAttribute("href")).toBe(
    "#/new?from=run-1",
  );
});

test("what the run takes of the disk is told", () => {
  show("finished", { bytes: 12_345_678 });
  expect(screen.getByText(/12\.3 MB on the disk/)).toBeTruthy();
});
