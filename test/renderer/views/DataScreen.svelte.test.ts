import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { beforeAll, expect, test } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { Arrivals } from "../../../renderer/views/arrivals.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleDataset } from "../examples.ts";
import DataInFrame from "./DataInFrame.svelte";

beforeAll(() => {
  // jsdom has dialogs, but cannot open them.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

const photos = exampleDataset({
  ...{ id: "folder-1", name: "Photos", unusableCount: 1 },
  source: { kind: "idx", path: "/photos" },
});

async function open(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "datasets.list": () => ({ datasets: [exampleDataset(), photos] }),
    // jsdom cannot draw: data sets show no images here.
    "datasets.preview": () => {
      throw new Problem("data.missing", "No images.");
    },
    ...answers,
  });
  const notices = new Notices();
  const arrivals = new Arrivals();
  render(DataInFrame, { props: { studio: createStudio(transport), notices, arrivals } });
  await screen.findByRole("article", { name: "Photos" });
  return { transport, notices, arrivals };
}

const path = () => screen.getByRole<HTMLInputElement>("textbox", { name: /^Path/ });

test("removing asks first, and tells what stays; the built-in digits cannot be removed", async () => {
  const { transport, notices } = await open({ "datasets.remove": ({ id }) => ({ id }) });
  expect(screen.queryByRole("button", { name: "Remove Built-in digits" })).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: "Remove Photos" }));
  expect(screen.getByText(/Your own files stay where they are/)).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: "Cancel" }));
  expect(transport.asked.some(({ command }) => command === "datasets.remove")).toBe(false);
  await fireEvent.click(screen.getByRole("button", { name: "Remove Photos" }));
  await fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  await waitFor(() => {
    expect(screen.queryByRole("article", { name: "Photos" })).toBeNull();
  });
  expect(notices.shown.map(({ text }) => text)).toEqual(["«Photos» was removed."]);
});

test("one that a run trains on stays, and the reason is told", async () => {
  const { notices } = await open({
    "datasets.remove": () => {
      throw new Problem("run.state", "The run a-1 trains on it; stop it first.");
    },
  });
  await fireEvent.click(screen.getByRole("button", { name: "Remove Photos" }));
  await fireEvent.click(screen.getByRole("button", { name: "Remove" }));
  await waitFor(() => {
    expect(notices.shown).toMatchObject([{ tone: "bad", text: /stop it first/ }]);
  });
  expect(screen.getByRole("article", { name: "Photos" })).toBeDefined();
});

test("what came by dropping or opening is ready to be added", async () => {
  const { arrivals } = await open();
  arrivals.bring("/home/ada/cats", () => undefined);
  await waitFor(() => {
    expect(path().value).toBe("/home/ada/cats");
  });
  expect(arrivals.takeData()).toBeNull();
});

test("colours can be chosen with a size only", async () => {
  await open();
  const colours = screen.getByRole<HTMLSelectElement>("combobox", { name: "Colours" });
  expect(colours.disabled).toBe(true);
  await fireEvent.change(screen.getByRole("combobox", { name: "Size of pictures" }), {
    target: { selectedIndex: 3 },
  });
  await waitFor(() => {
    expect(colours.disabled).toBe(false);
  });
});
