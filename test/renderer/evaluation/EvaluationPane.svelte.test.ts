import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import axe from "axe-core";
import { expect, test, vi } from "vitest";
import type { Evaluation } from "../../../main/spec/evaluation.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { RunEvaluations, withEvaluation } from "../../../renderer/evaluation/evaluations.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";
import PaneInFrame from "./PaneInFrame.svelte";

// How a chart is drawn is a matter for a real browser.
vi.mock("../../../renderer/shared/chart.ts", () => ({
  createChart: () => ({ show: () => undefined, destroy: () => undefined }),
}));

vi.stubGlobal("matchMedia", () => ({
  ...{ matches: false, addEventListener: () => undefined, removeEventListener: () => undefined },
}));

const mnist = { kind: "idx", path: "/mnist" } as const;
const image = { height: 28, width: 28, channels: 1 } as const;

async function show(evaluations: Evaluation[], possible = true, features: string | null = null) {
  const { promise, resolve, reject } = Promise.withResolvers<{ evaluations: Evaluation[] }>();
  const transport = createFakeTransport({
    "runs.evaluations": () => ({ evaluations }),
    "runs.evaluate": () => promise,
    "datasets.list": () => ({
      datasets: [
        exampleDataset(),
        exampleDataset({ id: "mnist", name: "MNIST", source: mnist }),
        exampleDataset({ id: "large", image: { height: 64, width: 64, channels: 1 } }),
      ],
    }),
    "runs.cancelEvaluation": () => {
      reject(new Problem("evaluation.cancelled", "Called off."));
      return { cancelled: true };
    },
  });
  const studio = createStudio(transport);
  const quality = new RunEvaluations(studio, "run-1");
  quality.open();
  await vi.waitFor(() => {
    expect(quality.evaluations).not.toBeNull();
  });
  const { container } = render(PaneInFrame, {
    props: { studio, quality, possible, features, image },
  });
  return { transport, quality, container, resolve, reject };
}

test("the best epoch is told with its interval, and what was measured how", async () => {
  const { container } = await show([9, 4, 6].map((value, i) => evaluationExample(i + 1, value)));
  expect(container.textContent).toContain("Best at epoch 2: 4.00 (3.50 to 4.50)");
  expect(container.textContent).toContain("lower is better");
  expect(container.textContent).toContain("99.18 % of 10,000 held-out images");
  expect(screen.getByRole("slider", { name: "Fréchet distance over epochs" })).toBeTruthy();
  expect((await axe.run(container)).violations.map(({ id }) => id)).toEqual([]);
});

test("another metric can be looked at; only those that were measured are offered", async () => {
  const { container } = await show([1, 2].map((epoch) => evaluationExample(epoch, 3)));
  const [distance, precision, ...others] = screen.getAllByRole("radio");
  expect(others).toEqual([]);
  expect(distance?.closest("label")?.textContent).toMatch(
    /Fréchet distance\s*3\.00\s*2\.50 to 3\.50/,
  );
  await fireEvent.click(precision!);
  expect(container.textContent).toContain("Best at epoch 1: 0.50 (0.40 to 0.60)");
});

test("values of another protocol are not shown beside the newest", async () => {
  const other = evaluationExample(1, 0.1);
  const { container } = await show([
    { ...other, protocol: { ...other.protocol, images: 10 } },
    ...[evaluationExample(2, 5), evaluationExample(3, 7)],
  ]);
  expect(container.textContent).toContain("Best at epoch 2: 5.00");
  expect(container.textContent).toContain("1 evaluation by another protocol not shown");
});

test("an evaluation is asked for, told and shown as it comes", async () => {
  const { transport, container, resolve } = await show([]);
  expect(container.textContent).toContain("Nothing was measured yet");
  await fireEvent.click(screen.getByText("Evaluate all kept epochs"));
  expect(transport.asked.at(-1)).toEqual({
    ...{ command: "runs.evaluate", payload: { id: "run-1", all: true } },
  });
  const at = { stage: "generating", done: 1, total: 4, checkpoint: 2, checkpoints: 3 } as const;
  transport.emit("run.evaluating", { id: "another", ...at, stage: "classifier" });
  transport.emit("run.evaluating", { id: "run-1", ...at });
  await screen.findByText("Drawing images, 2 of 3 epochs");
  transport.emit("run.evaluated", { id: "run-1", evaluation: evaluationExample(1, 8) });
  await waitFor(() => {
    expect(container.textContent).toMatch(/Fréchet distance\s*8\.00/);
  });
  resolve({ evaluations: [] });
  await screen.findByText("Evaluate all kept epochs");
  expect(screen.queryByRole("progressbar")).toBeNull();
});

test("a file of features can be named, and the run's own be left out", async () => {
  const field = () => screen.getByLabelText<HTMLInputElement>("Compare by the features of a file");
  const payload = async (typed: string, own: string | null) => {
    document.body.replaceChildren();
    const { transport, resolve } = await show([], true, own);
    if (typed !== field().value) await fireEvent.input(field(), { target: { value: typed } });
    await fireEvent.click(screen.getByText("Only the newest"));
    expect(field().disabled).toBe(true);
    resolve({ evaluations: [] });
    return transport.asked.at(-1)?.payload;
  };
  const asked = { id: "run-1", all: false };
  expect(await payload("", null)).toEqual(asked);
  expect(await payload(" ~/a.onnx ", null)).toEqual({ ...asked, features: "~/a.onnx" });
  expect(await payload("/own.onnx", "/own.onnx")).toEqual(asked);
  expect(await payload("", "/own.onnx")).toEqual({ ...asked, features: null });
});

test("other real images of its size can be compared with", async () => {
  const { transport } = await show([]);
  const field = screen.getByLabelText<HTMLSelectElement>("Real images");
  await screen.findByRole("option", { name: "MNIST" });
  expect([...field.options].map(({ text }) => text)).toEqual([
    ...["Those that it was trained on", "Built-in digits", "MNIST"],
  ]);
  await fireEvent.change(field, { target: { value: "mnist" } });
  await fireEvent.click(screen.getByText("Only the newest"));
  expect(transport.asked.at(-1)?.payload).toEqual({ id: "run-1", all: false, data: mnist });
});

test("of several protocols one can be chosen, and what is measured next is shown again", async () => {
  const other = evaluationExample(1, 0.1);
  const few = { ...other, protocol: { ...other.protocol, images: 10 } };
  const { container, transport } = await show([few, evaluationExample(2, 5)]);
  const choice = screen.getByLabelText<HTMLSelectElement>("Measured by");
  expect([...choice.options].map(({ text }) => text.trim())).toEqual([
    expect.stringContaining("10 images"),
    expect.stringContaining("1,000 images"),
  ]);
  expect(container.textContent).toMatch(/Fréchet distance\s*5\.00/);
  choice.selectedIndex = 0;
  await fireEvent.change(choice);
  await waitFor(() => {
    expect(container.textContent).toMatch(/Fréchet distance\s*0\.10/);
  });
  transport.emit("run.evaluated", { id: "run-1", evaluation: evaluationExample(3, 8) });
  await waitFor(() => {
    expect(container.textContent).toMatch(/Fréchet distance\s*8\.00/);
  });
  expect(choice.selectedIndex).toBe(1);
});

test("it can be called off, which is no problem; a problem is told", async () => {
  const called = await show([]);
  await fireEvent.click(screen.getByText("Only the newest"));
  await fireEvent.click(await screen.findByText("Stop evaluating"));
  await screen.findByText("Only the newest");
  expect(called.quality.problem).toBeNull();
  document.body.replaceChildren();
  const failing = await show([]);
  await fireEvent.click(screen.getByText("Only the newest"));
  failing.reject(new Problem("data.missing", "The data set is gone."));
  expect((await screen.findByRole("alert")).textContent).toContain("The data set is gone.");
});

test("without a checkpoint there is nothing to evaluate", async () => {
  await show([], false);
  for (const name of ["Evaluate all kept epochs", "Only the newest"]) {
    expect(screen.getByText(name).closest("button")?.disabled).toBe(true);
  }
});

test("what is measured again replaces what there was, and stays in order", () => {
  const [one, two] = [evaluationExample(1, 5), evaluationExample(2, 4)];
  const again = evaluationExample(1, 3);
  expect(withEvaluation([one, two], again)).toEqual([again, two]);
  const other = { ...again, protocol: { ...again.protocol, seed: 9 } };
  expect(withEvaluation([one, two], other)).toHaveLength(3);
});
