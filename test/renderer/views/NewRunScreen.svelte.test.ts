import { cleanup, fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset, exampleDetail, exampleRun } from "../examples.ts";
import NewRunInFrame from "./NewRunInFrame.svelte";

// Finding elements by their role takes long in a simulated browser on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const scrollIntoView = vi.fn();

beforeEach(() => {
  Element.prototype.scrollIntoView = scrollIntoView;
  scrollIntoView.mockClear();
  location.hash = "#/new";
  localStorage.clear();
});

async function open(answers: Partial<Handlers> = {}, from: string | null = null) {
  const transport = createFakeTransport({
    "datasets.list": () => ({ datasets: [exampleDataset()] }),
    // jsdom cannot draw: data sets show no images here.
    "datasets.preview": () => {
      throw new Problem("data.missing", "No images.");
    },
    "runs.list": () => ({ runs: [], total: 0 }),
    "runs.start": () => exampleRun({ id: "new-run" }),
    ...answers,
  });
  const studio = createStudio(transport);
  const { rerender } = render(NewRunInFrame, { props: { studio, from } });
  await screen.findByRole("radio", { name: /Built-in digits/ });
  return Object.assign(transport, { rerender });
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

test("images that do not fit the networks are explained, with the way to the place", async () => {
  const photos = exampleDataset({
    id: "photos",
    name: "Photos",
    source: { kind: "idx", path: "/photos" },
    image: { height: 64, width: 64, channels: 3 },
  });
  await open({ "datasets.list": () => ({ datasets: [exampleDataset(), photos] }) });
  await fireEvent.click(screen.getByRole("radio", { name: /Photos/ }));
  expect(screen.getByText(/the images are 64×64×3/)).toBeDefined();
  expect(trainButton()).toHaveProperty("disabled", true);
  await fireEvent.click(screen.getByRole("button", { name: /Problem:\s*Generator/ }));
  expect(screen.getByRole("list", { name: "Layers of the generator" })).toBeDefined();
});

test("a refused start stays on the form and says why, where it is seen", async () => {
  await open({
    "runs.start": () => {
      throw new Problem("disk.full", "The disk is full. Free some space and try again.");
    },
  });
  await fireEvent.click(trainButton());
  expect((await screen.findByRole("alert")).textContent).toMatch(/The disk is full\. Free/);
  expect(location.hash).toBe("#/new");
  expect(scrollIntoView).toHaveBeenCalledOnce();
});

test("who leaves while it starts is not brought back, but told; who comes back finds it starting", async () => {
  const { promise, resolve } = Promise.withResolvers<ReturnType<typeof exampleRun>>();
  const { asked, rerender } = await open({ "runs.start": () => promise });
  await fireEvent.click(trainButton());
  await rerender({ shown: false });
  await rerender({ shown: true });
  const starting = screen.getByRole("button", { name: "Starting" });
  expect(starting.getAttribute("aria-disabled")).toBe("true");
  await fireEvent.click(starting);
  await rerender({ shown: false });
  location.hash = "#/runs";
  resolve(exampleRun({ id: "new-run", name: "My run" }));
  await screen.findByText("«My run» was started.");
  expect(location.hash).toBe("#/runs");
  expect(asked.filter(({ command }) => command === "runs.start")).toHaveLength(1);
  await fireEvent.click(screen.getByRole("button", { name: "Show" }));
  expect(location.hash).toBe("#/runs/new-run");
});

test("a start that fails after its screen was left is told, too", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const { rerender } = await open({ "runs.start": () => promise });
  await fireEvent.click(trainButton());
  await rerender({ shown: false });
  reject(new Problem("data.missing", "The folder is gone."));
  expect((await screen.findByRole("alert")).textContent).toMatch(/not started The folder is gone/);
});

test("keys of a dialog that is open change nothing behind it", async () => {
  await open();
  await fireEvent.input(screen.getByLabelText("Epochs"), { target: { value: "3" } });
  const dialog = document.body.appendChild(document.createElement("dialog"));
  dialog.open = true;
  await fireEvent.keyDown(dialog, { key: "z", ctrlKey: true });
  dialog.remove();
  expect(screen.getByLabelText("Epochs")).toHaveProperty("value", "3");
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

const showNetworks = async () => {
  await fireEvent.click(screen.getByRole("radio", { name: "Networks" }));
};
const generatorLayers = () =>
  within(screen.getByRole("list", { name: "Layers of the generator" }))
    .getAllByRole("listitem")
    .map((item) => item.querySelector("strong")?.textContent);
const layerButton = (index: number) =>
  document.querySelector<HTMLElement>(`[data-layer="generator-${index.toString()}"]`)!;

test("a layer is added, edited in place, moved by keyboard, duplicated and removed", async () => {
  await open();
  await showNetworks();
  const before = generatorLayers();
  await fireEvent.click(screen.getByRole("button", { name: "Add a layer to the generator" }));
  const palette = screen.getByRole("group", { name: "Layers for the generator" });
  await fireEvent.click(within(palette).getByRole("button", { name: "Dropout" }));
  expect(generatorLayers()).toEqual([...before, "Dropout"]);

  await fireEvent.input(screen.getByLabelText("Rate"), { target: { value: "0.5" } });
  expect(layerButton(before.length).textContent).toContain("rate 0.5");

  await fireEvent.keyDown(layerButton(before.length), { key: "ArrowUp", altKey: true });
  expect(generatorLayers().at(-2)).toBe("Dropout");
  expect(document.activeElement).toBe(layerButton(before.length - 1));
  expect(screen.getByText("Dropout moved to place 12 of 13.")).toBeDefined();

  await fireEvent.click(screen.getByRole("button", { name: "Duplicate" }));
  expect(generatorLayers().filter((title) => title === "Dropout")).toHaveLength(2);
  await fireEvent.keyDown(layerButton(before.length), { key: "Delete" });
  expect(generatorLayers().filter((title) => title === "Dropout")).toHaveLength(1);
});

test("undo and redo go through every act, by button and by keyboard", async () => {
  await open();
  await showNetworks();
  const before = generatorLayers();
  await fireEvent.keyDown(layerButton(0), { key: "Delete" });
  expect(generatorLayers()).toEqual(before.slice(1));
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(generatorLayers()).toEqual(before);
  await fireEvent.keyDown(window, { key: "z", ctrlKey: true, shiftKey: true });
  expect(generatorLayers()).toEqual(before.slice(1));
  await fireEvent.keyDown(window, { key: "z", ctrlKey: true });
  expect(generatorLayers()).toEqual(before);
});

test("a layer that does not fit says so at its card, and what follows is not known", async () => {
  await open();
  await showNetworks();
  await fireEvent.click(layerButton(3));
  await fireEvent.input(screen.getByLabelText("Units"), { target: { value: "6000" } });
  const reshape = layerButton(6).closest("li");
  expect(reshape?.textContent).toMatch(/Reshape\s+makes 7×7×128 \(6272 values\), gets 6000/);
  expect(layerButton(7).textContent).toContain("?");
  expect(trainButton()).toHaveProperty("disabled", true);
});

test("the JSON shows every change, and changes the forms", async () => {
  await open();
  await fireEvent.click(screen.getByRole("button", { name: "JSON" }));
  const json = screen.getByLabelText("Specification as JSON");
  await fireEvent.input(screen.getByLabelText("Seed"), { target: { value: "5" } });
  expect((json as HTMLTextAreaElement).value).toContain('"seed": 5');
  const text = (json as HTMLTextAreaElement).value;
  await fireEvent.input(json, { target: { value: text.replace('"seed": 5', '"seed": 6') } });
  expect(screen.getByLabelText("Seed")).toHaveProperty("value", "6");
  await fireEvent.input(json, { target: { value: "{" } });
  expect(json.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText(/not JSON yet/)).toBeDefined();
  expect(screen.getByLabelText("Seed")).toHaveProperty("value", "6");
});

test("loss, regularizers and optimizers are edited as forms", async () => {
  const transport = await open();
  await fireEvent.click(screen.getByRole("radio", { name: "Training" }));
  const loss = screen.getByRole<HTMLSelectElement>("combobox", { name: "Loss" });
  loss.selectedIndex = [...loss.options].findIndex(({ text }) => text === "Hinge");
  await fireEvent.change(loss);
  await fireEvent.click(screen.getByRole("button", { name: "R1 penalty" }));
  const [optimizer] = screen.getAllByLabelText<HTMLSelectElement>("Optimizer");
  optimizer!.selectedIndex = [...optimizer!.options].findIndex(({ text }) => text === "RMSprop");
  await fireEvent.change(optimizer!);
  await fireEvent.click(screen.getByLabelText("Sample from an average of the generator"));
  await fireEvent.click(trainButton());
  await waitFor(() => {
    expect(location.hash).toBe("#/runs/new-run");
  });
  const start = transport.asked.find(({ command }) => command === "runs.start");
  expect(start?.payload).toMatchObject({
    specification: {
      loss: { kind: "hinge" },
      regularizers: [{ kind: "r1", weight: 10 }],
      optimizers: { generator: { kind: "rmsprop", learningRate: 1e-3 } },
      generatorAverage: { decay: 0.999 },
    },
  });
});

test("the time an epoch is estimated from a run of this machine, and left out without one", async () => {
  await open();
  expect(screen.getByText(/told once a run has been trained/)).toBeDefined();
  cleanup();
  await open({
    "runs.list": () => ({
      runs: [exampleRun({ status: "finished", step: 400, seconds: 40 })],
      total: 1,
    }),
    "runs.get": () => exampleDetail(),
  });
  expect(await screen.findByText(/taken from «First digits»/)).toBeDefined();
  // 142 steps at 0.1 s: the measured run has the same networks.
  expect(screen.getByText("14 s")).toBeDefined();
});

test("an optional number is switched on, and stays there while it is typed anew", async () => {
  const transport = await open();
  await fireEvent.click(screen.getByRole("radio", { name: "Training" }));
  await fireEvent.click(screen.getByLabelText("End at a step"));
  const field = screen.getByLabelText<HTMLInputElement>("Ends at step");
  expect(field.value).toBe("10000");
  await fireEvent.input(field, { target: { value: "" } });
  expect(screen.getByLabelText("Ends at step").getAttribute("aria-invalid")).toBe("true");
  await fireEvent.input(field, { target: { value: "300" } });
  await fireEvent.click(trainButton());
  await waitFor(() => {
    expect(location.hash).toBe("#/runs/new-run");
  });
  const start = transport.asked.find(({ command }) => command === "runs.start");
  expect(start?.payload).toMatchObject({ specification: { loop: { steps: 300 } } });
});
