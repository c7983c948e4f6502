import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail } from "../examples.ts";
import { conditionalDetail, drawnOf, exploreAnswers } from "../explore/examples.ts";
import ExploreInFrame from "./ExploreInFrame.svelte";

beforeEach(() => {
  // jsdom cannot draw.
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockReturnValue(null);
});

function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({ ...exploreAnswers, ...answers });
  const rendered = render(ExploreInFrame, { props: { studio: createStudio(transport) } });
  return { transport, ...rendered };
}

const samples = async () => within(await screen.findByRole("list", { name: "Samples" }));

test("shows samples with their scores; clicks pick A, then B", async () => {
  open();
  const list = await samples();
  expect(list.getAllByRole("button")).toHaveLength(64);
  await fireEvent.click(list.getByRole("button", { name: "Sample 3, score 1.00" }));
  expect(screen.getByRole("button", { name: /^B .*The next click goes here/ })).toBeDefined();
  await fireEvent.click(list.getByRole("button", { name: "Sample 5, score 0.50" }));
  const way = await screen.findByRole("list", { name: "The way from A to B" });
  expect(within(way).getAllByRole("button")).toHaveLength(12);
});

test("the arrow keys move between samples, which are one stop of the tab key", async () => {
  open();
  const buttons = (await samples()).getAllByRole("button");
  buttons[0]!.focus();
  await fireEvent.keyDown(buttons[0]!, { key: "ArrowDown" });
  expect(document.activeElement).toBe(buttons[8]);
  await fireEvent.keyDown(buttons[8]!, { key: "ArrowLeft" });
  expect(document.activeElement).toBe(buttons[7]);
  await fireEvent.keyDown(buttons[7]!, { key: "ArrowUp" });
  expect(document.activeElement).toBe(buttons[7]);
  expect(buttons.filter(({ tabIndex }) => tabIndex === 0)).toEqual([buttons[7]]);
});

test("a class can be chosen where the run was trained with classes, and only there", async () => {
  const { transport, unmount } = open({
    "runs.get": () => conditionalDetail(),
    "explore.images": () => drawnOf([[1, 0]], [4]),
  });
  await samples();
  await fireEvent.change(screen.getByLabelText("Class"), { target: { value: "4" } });
  const latest = transport.asked.findLast(({ command }) => command === "explore.images");
  expect(latest?.payload).toMatchObject({ latent: { label: 4 } });
  unmount();
  open();
  await samples();
  expect(screen.getByLabelText("Class")).toHaveProperty("disabled", true);
});

test("a seed that cannot be used is said aloud, and nothing is drawn", async () => {
  const { transport } = open();
  await samples();
  const before = transport.asked.length;
  await fireEvent.input(screen.getByLabelText("Seed"), { target: { value: "" } });
  expect(screen.getByRole("alert").textContent).toMatch(/^The seed is a whole number/);
  expect(screen.getByRole("button", { name: "Draw others" })).toHaveProperty("disabled", true);
  expect(transport.asked.length).toBe(before);
});

test("the directions of the first layer are sliders with names", async () => {
  open();
  await samples();
  await fireEvent.click(screen.getByRole("radio", { name: "Sliders" }));
  expect(await screen.findByRole("slider", { name: "Direction 1, 25.0 %" })).toBeDefined();
  expect(screen.getByRole("slider", { name: "Number 1" })).toBeDefined();
  expect(screen.getByRole("button", { name: "Reset" })).toHaveProperty("disabled", true);
});

test("nearest images are shown with what is usual between real ones", async () => {
  const nearest = {
    ...{ images: drawnOf([[3, 0]]).images, distances: [40], places: [8], labels: [3] },
    ...{ compared: 60_000, training: 70_000 },
    usual: { of: "validation", count: 64, median: 30, low: 20 } as const,
  };
  open({ "explore.nearest": () => nearest });
  await samples();
  await fireEvent.click(screen.getByRole("radio", { name: "Nearest" }));
  await fireEvent.click(screen.getByRole("button", { name: "Find nearest" }));
  expect(await screen.findByText("No copy: the nearest differs by 40.0 of 255")).toBeDefined();
  expect(screen.getByText(/first 60,000 of 70,000 training images/)).toBeDefined();
  expect(screen.getByText("class 3")).toBeDefined();
});

test("without drawing, A can be searched for, and what is found becomes a pick", async () => {
  const { transport } = open({
    "explore.search": () => ({ ...drawnOf([[7, 0.5]]), distance: 12 }),
  });
  await samples();
  await fireEvent.click(screen.getByRole("radio", { name: "Draw" }));
  expect(screen.getByRole("button", { name: "Search" })).toHaveProperty("disabled", true);
  await fireEvent.click(screen.getByRole("button", { name: "Search for A instead" }));
  expect(await screen.findByText(/Differs by 12.0 of 255/)).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: "Make it B" }));
  expect(transport.asked.some(({ command }) => command === "explore.search")).toBe(true);
});

test("a run without a checkpoint says when there will be one, and looks again", async () => {
  const checkpoints = exampleDetail().checkpoints;
  let has = false;
  open({ "runs.get": () => exampleDetail(has ? {} : { checkpoints: [] }) });
  expect(await screen.findByText("No checkpoint yet")).toBeDefined();
  has = checkpoints.length > 0;
  await fireEvent.click(screen.getByRole("button", { name: "Look again" }));
  expect((await samples()).getAllByRole("button")).toHaveLength(64);
});

test("a run that is not there leads back to all runs", async () => {
  open({
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no run «run-1».");
    },
  });
  expect((await screen.findByRole("alert")).textContent).toMatch(/There is no run/);
  expect(screen.getByRole("link", { name: "All runs" })).toHaveProperty("hash", "#/runs");
});

test("leaving ends what the program holds", async () => {
  const { transport, unmount } = open();
  await samples();
  unmount();
  expect(transport.asked.at(-1)).toEqual({ command: "explore.close", payload: { id: "run-1" } });
  expect(transport.subscriptions()).toBe(0);
});
