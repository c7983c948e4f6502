import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeEach, expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleDetail, exampleRun } from "../examples.ts";
import NewRunInFrame from "./NewRunInFrame.svelte";

beforeEach(() => {
  location.hash = "#/new";
});

async function open(answers: Partial<Handlers> = {}, from: string | null = null) {
  const transport = createFakeTransport({
    "datasets.list": () => ({ datasets: [exampleDataset()] }),
    // jsdom cannot draw: data sets show no images here.
    "datasets.preview": () => {
      throw new Problem("data.missing", "No images.");
    },
    "runs.start": () => exampleRun({ id: "new-run" }),
    ...answers,
  });
  const studio = createStudio(transport);
  render(NewRunInFrame, { props: { studio, from } });
  await screen.findByRole("radio", { name: /Built-in digits/ });
  return transport;
}

const trainButton = () => screen.getByRole("button", { name: "Train" });

test("train starts the run and goes to it", async () => {
  const transport = await open();
  await fireEvent.input(screen.getByLabelText("Epochs"), { target: { value: "3" } });
  await fireEvent.click(trainButton());
  await waitFor(() => {
    expect(location.hash).toBe("#/runs/new-run");
  });
  const start = transport.asked.find(({ command }) => command === "runs.start");
  expect(start?.payload).toMatchObject({ specification: { loop: { epochs: 3 } } });
});

test("a field that cannot be used says so, and nothing can be started", async () => {
  await open();
  await fireEvent.input(screen.getByLabelText("Batch size"), { target: { value: "0" } });
  const field = screen.getByLabelText("Batch size");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent).toBe(
    "A whole number, 1 to 65,536.",
  );
  expect(trainButton()).toHaveProperty("disabled", true);
});

test("choosing a preset fills the form with its settings", async () => {
  await open();
  await fireEvent.click(screen.getByRole("radio", { name: /Vanilla, dense/ }));
  expect(screen.getByLabelText("Epochs")).toHaveProperty("value", "100");
  expect(screen.getByLabelText("Discriminator learning rate")).toHaveProperty("value", "0.0001");
});

test("images that do not fit the networks are explained at the form", async () => {
  const photos = exampleDataset({
    id: "photos",
    name: "Photos",
    source: { kind: "idx", path: "/photos" },
    image: { height: 64, width: 64, channels: 3 },
  });
  await open({ "datasets.list": () => ({ datasets: [exampleDataset(), photos] }) });
  await fireEvent.click(screen.getByRole("radio", { name: /Photos/ }));
  expect(screen.getByRole("alert").textContent).toMatch(/the images are 64×64×3/);
  expect(trainButton()).toHaveProperty("disabled", true);
});

test("a refused start stays on the form and says why", async () => {
  await open({
    "runs.start": () => {
      throw new Problem("disk.full", "The disk is full. Free some space and try again.");
    },
  });
  await fireEvent.click(trainButton());
  expect((await screen.findByRole("alert")).textContent).toMatch(/The disk is full\. Free/);
  expect(location.hash).toBe("#/new");
});

test("a run's settings can be taken over", async () => {
  const detail = exampleDetail();
  const specification = { ...detail.specification, seed: 77 };
  await open({ "runs.get": () => ({ ...detail, specification }) }, "run-1");
  await waitFor(() => {
    expect(screen.getByLabelText("Seed")).toHaveProperty("value", "77");
  });
  expect(screen.getByText("With the settings of «First digits»")).toBeDefined();
});
