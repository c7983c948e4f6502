import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { createStudio } from "../../../renderer/shared/studio.ts";
import RateForm from "../../../renderer/train/RateForm.svelte";
import { TrainingRun } from "../../../renderer/train/training-run.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";

function show(detail = exampleDetail()) {
  const transport = createFakeTransport({ "runs.set": () => exampleRun() });
  const training = new TrainingRun(createStudio(transport), "run-1");
  const { rerender } = render(RateForm, { props: { training, detail } });
  const field = (name: string) => screen.getByRole<HTMLInputElement>("spinbutton", { name });
  const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
  return { transport, field, type, rerender, button: screen.getByRole("button") };
}

test("only what was changed is sent", async () => {
  const { transport, type, button } = show();
  expect(button).toHaveProperty("disabled", true);
  await type("Generator", "0.00005");
  expect(button).toHaveProperty("disabled", false);
  await fireEvent.click(button);
  await waitFor(() => {
    expect(transport.asked[0]?.payload).toEqual({
      ...{ id: "run-1", learningRates: { generator: 0.00005 } },
    });
  });
});

test("what is no rate cannot be sent, and the words say what is one", async () => {
  const { type, button, field } = show();
  for (const value of ["-1", ""]) {
    await type("Discriminator", value);
    expect(button).toHaveProperty("disabled", true);
    expect(field("Discriminator").getAttribute("aria-invalid")).toBe("true");
    expect(screen.getByText(/number from 0 to 1,000/)).toBeTruthy();
  }
});

test("it says from when a change holds", () => {
  show(exampleDetail({ run: exampleRun({ status: "stopped" }) }));
  expect(screen.getByText(/from where the run is resumed/)).toBeTruthy();
});

test("discriminator updates are sent as whole numbers, with rates or without", async () => {
  const { transport, type, button } = show();
  await type("D updates a step", "0");
  expect(button).toHaveProperty("disabled", true);
  expect(screen.getByText(/whole number from 1 to 1,000/)).toBeTruthy();
  await type("D updates a step", "5");
  await fireEvent.click(button);
  await waitFor(() => {
    expect(transport.asked[0]?.payload).toEqual({ id: "run-1", discriminatorSteps: 5 });
  });
});

test("it shows what was changed last, and says that updates wait for the next epoch", () => {
  const events = [{ at: 0, step: 285, kind: "discriminator steps", detail: "3 a step" }];
  const { field } = show(exampleDetail({ events }));
  expect(field("D updates a step")).toHaveProperty("value", "3");
  expect(screen.getByText(/D updates from the next epoch/)).toBeTruthy();
});

test("a field that nobody typed into follows a change made elsewhere, and does not take it back", async () => {
  const { transport, type, field, button, rerender } = show();
  await type("Discriminator", "0.003");
  const events = [
    { at: 1, step: 5, kind: "learning rates", detail: "generator 0.0001, discriminator 0.0002" },
  ];
  await rerender({ detail: exampleDetail({ events }) });
  expect([field("Generator"), field("Discriminator")].map(({ value }) => value)).toEqual([
    ...["0.0001", "0.003"],
  ]);
  await fireEvent.click(button);
  await waitFor(() => {
    expect(transport.asked[0]?.payload).toEqual({
      ...{ id: "run-1", learningRates: { discriminator: 0.003 } },
    });
  });
});
