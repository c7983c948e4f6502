import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import type { RunStatus } from "../../../main/contract/runs.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import ResumeForm from "../../../renderer/train/ResumeForm.svelte";
import { TrainingRun } from "../../../renderer/train/training-run.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";

function show(status: RunStatus, answers: Partial<Handlers> = {}) {
  const detail = exampleDetail({ run: exampleRun({ status, epoch: 10, epochs: 10 }) });
  const transport = createFakeTransport(answers);
  const training = new TrainingRun(createStudio(transport), "run-1");
  render(ResumeForm, { props: { training, detail } });
  return transport;
}

test("a finished run is resumed for more epochs than it has", async () => {
  const transport = show("finished", { "runs.resume": () => exampleRun() });
  await fireEvent.click(screen.getByRole("button", { name: "Resume" }));
  await waitFor(() => {
    expect(transport.asked[0]?.payload).toEqual({ id: "run-1", epochs: 20, engine: "auto" });
  });
});

test("a number of epochs that is none cannot be sent", async () => {
  const transport = show("stopped");
  const resume = screen.getByRole("button", { name: "Resume" });
  await fireEvent.input(screen.getByLabelText("Epochs in all"), { target: { value: "" } });
  await vi.waitFor(() => {
    expect(resume).toHaveProperty("disabled", true);
  });
  expect(transport.asked).toEqual([]);
});
