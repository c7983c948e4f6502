import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import ExportInFrame from "./ExportInFrame.svelte";

beforeEach(() => {
  // jsdom knows no scrolling.
  Element.prototype.scrollIntoView = vi.fn();
  location.hash = "";
});

const trained = exampleRun({ id: "run-1", name: "Digits", newestSample: 20 });

function open(id: string | null, answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "runs.list": () => ({
      runs: [trained, exampleRun({ id: "new", newestSample: null })],
      total: 2,
    }),
    "runs.get": () => ({
      ...exampleDetail(),
      run: trained,
      checkpoints: [{ step: 20, epoch: 2, bytes: 1, sha256: "" }],
    }),
    "exports.write": ({ path, step = 0 }) => ({
      ...{ id: "run-1", step, epoch: 2, path, files: [], maxAbsDifference: 3e-7 },
      formats: [
        {
          ...{ format: "onnx", files: ["generator.onnx"], bytes: 1000, difference: 3e-7 },
          ...{ checkedBy: "onnxruntime", loading: { language: "python", code: "import onnx" } },
        },
      ],
    }),
    ...answers,
  });
  return {
    transport,
    ...render(ExportInFrame, { props: { studio: createStudio(transport), id } }),
  };
}

test("a network is exported to a folder and what the check found is told", async () => {
  const { transport } = open("run-1");
  await fireEvent.click(await screen.findByLabelText("ONNX"));
  await fireEvent.click(screen.getByLabelText("Web page"));
  await fireEvent.click(screen.getByLabelText("Folder"));
  const field = screen.getByLabelText(/Folder on the machine/);
  await fireEvent.input(field, { target: { value: "~/digits" } });
  await fireEvent.click(screen.getByText("Export 1 format"));
  expect(await screen.findByText(/the largest difference is 3\.0 · 10⁻⁷/)).toBeDefined();
  expect(screen.getByText("import onnx")).toBeDefined();
  const written = transport.asked.find(({ command }) => command === "exports.write");
  expect(written?.payload).toMatchObject({ path: "~/digits", formats: ["onnx"] });
});

test("without a format it cannot begin, and says so", async () => {
  open("run-1");
  await fireEvent.click(await screen.findByRole("checkbox", { name: "Web page" }));
  expect(screen.getByText("Choose at least one format.")).toBeDefined();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: /^Export/ }).disabled).toBe(true);
});

test("of a discriminator there are no images to choose", async () => {
  open("run-1");
  await fireEvent.click(await screen.findByRole("radio", { name: "Discriminator" }));
  expect(screen.getAllByText("Only the generator draws images.")).toHaveLength(2);
  expect(screen.getByRole<HTMLFieldSetElement>("group", { name: "Images" }).disabled).toBe(true);
});

test("what went wrong stands where the result would", async () => {
  open("run-1", {
    "exports.archive": () => {
      throw new Problem("export.mismatch", "Nothing was written: it differs.");
    },
  });
  await fireEvent.click(await screen.findByRole("button", { name: "Export 1 format" }));
  expect((await screen.findByRole("alert")).textContent).toContain("it differs");
});

test("a run without a checkpoint says when there will be one", async () => {
  open("run-1", { "runs.get": () => ({ ...exampleDetail(), checkpoints: [] }) });
  expect(await screen.findByText("No checkpoint yet")).toBeDefined();
});

test("without a run one is chosen among those that have been trained", async () => {
  open(null);
  await screen.findByRole("option", { name: "Digits (run-1)" });
  expect(screen.getAllByRole("option")).toHaveLength(2);
  await fireEvent.change(screen.getByRole("combobox", { name: "Run" }), {
    target: { value: "run-1" },
  });
  expect(location.hash).toBe("#/export/run-1");
});

test("an exported generator is opened and explored; a file with code says what to do instead", async () => {
  const answers: Partial<Handlers> = {
    "exports.import": ({ path }) => {
      if (path.endsWith(".pt")) throw new Problem("export.unreadable", "It can hold code.");
      return exampleRun({ id: "opened" });
    },
  };
  open(null, answers);
  const field = await screen.findByLabelText(/File or folder/);
  await fireEvent.input(field, { target: { value: "/models/g.pt" } });
  await fireEvent.click(screen.getByRole("button", { name: "Open and explore" }));
  expect(await screen.findByText("It can hold code.")).toBeDefined();
  await fireEvent.input(field, { target: { value: "/models/g.safetensors" } });
  await fireEvent.click(screen.getByRole("button", { name: "Open and explore" }));
  await vi.waitFor(() => {
    expect(location.hash).toBe("#/explore/opened");
  });
});

test("opening can be stopped, and then says nothing more", async () => {
  const { promise, reject } = Promise.withResolvers<never>();
  const cancel = vi.fn(() => {
    reject(new Problem("export.cancelled", "Called off."));
    return { cancelled: true };
  });
  open(null, { "exports.import": () => promise, "exports.cancelImport": cancel });
  const field = await screen.findByLabelText(/File or folder/);
  await fireEvent.input(field, { target: { value: " /models/g.safetensors " } });
  await fireEvent.click(screen.getByRole("button", { name: "Open and explore" }));
  await fireEvent.click(screen.getByRole("button", { name: "Stop" }));
  expect(cancel).toHaveBeenCalledWith({ path: "/models/g.safetensors" });
  await screen.findByRole("button", { name: "Open and explore" });
  expect(screen.queryByText("Called off.")).toBeNull();
});
