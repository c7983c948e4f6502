import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { RunDetail } from "../../../main/contract/runs.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport, type FakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import { scriptedKeeping } from "../preview/scripted-keeping.ts";
import RunsInFrame from "./RunsInFrame.svelte";

async function open(count: number) {
  const runs = new Map<string, RunDetail>(
    Array.from({ length: count }, (_, i) => {
      const id = `run-${i.toString()}`;
      const named = { id, name: `Trial ${i.toString()}`, createdAt: 1_700_000_000_000 - i };
      const run = exampleRun({ ...named, status: "finished", step: 0, newestSample: null });
      return [id, exampleDetail({ run })];
    }),
  );
  const transport: FakeTransport = createFakeTransport(scriptedKeeping(runs, () => transport));
  render(RunsInFrame, { studio: createStudio(transport) });
  await screen.findByRole("link", { name: "Trial 0" });
  return transport;
}
const links = () => screen.getAllByRole("link", { name: /^Trial/ }).map((link) => link.textContent);

test("of ten thousand runs those in view are in the page, and the table tells how many there are", async () => {
  await open(10_000);
  expect(links().length).toBeLessThan(40);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("10001");
  expect(screen.getByText("10,000 runs")).toBeDefined();
});

test("two runs that are chosen can be compared, in the order in which they were", async () => {
  await open(3);
  expect(screen.getByRole("button", { name: "Compare" })).toHaveProperty("disabled", true);
  await fireEvent.click(screen.getByRole("checkbox", { name: "Choose Trial 2" }));
  await fireEvent.click(screen.getByRole("checkbox", { name: "Choose Trial 0" }));
  const compare = screen.getByRole("link", { name: "Compare" });
  expect(compare.getAttribute("href")).toBe("#/compare?runs=run-2,run-0");
});

test("seven runs are too many to compare", async () => {
  await open(7);
  for (const box of screen.getAllByRole("checkbox")) await fireEvent.click(box);
  expect(screen.getByText("7 runs, at most 6 at once")).toBeDefined();
  expect(screen.queryByRole("link", { name: "Compare" })).toBeNull();
});

test("a deleted run goes, and comes back by undo", async () => {
  await open(2);
  await fireEvent.click(screen.getByRole("button", { name: "Delete Trial 1" }));
  await waitFor(() => {
    expect(links()).toEqual(["Trial 0"]);
  });
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => {
    expect(links()).toEqual(["Trial 0", "Trial 1"]);
  });
});

test("a deleted run is found in the bin and restored from there", async () => {
  await open(2);
  await fireEvent.click(screen.getByRole("button", { name: "Delete Trial 1" }));
  await fireEvent.change(screen.getByRole("combobox", { name: "Status" }), {
    target: { value: "bin" },
  });
  await fireEvent.click(await screen.findByRole("button", { name: "Restore Trial 1" }));
  expect(await screen.findByText("The bin is empty")).toBeDefined();
});

test("a search that finds nothing can be cleared in the same field", async () => {
  await open(2);
  const field = screen.getByRole("searchbox", { name: "Search runs" });
  await fireEvent.input(field, { target: { value: "nothing like it" } });
  expect(await screen.findByText("No run fits")).toBeDefined();
  await fireEvent.input(field, { target: { value: "" } });
  await screen.findByRole("link", { name: "Trial 0" });
  expect(screen.getByRole("searchbox", { name: "Search runs" })).toBe(field);
});

test("a run is renamed in its place", async () => {
  await open(1);
  await fireEvent.click(screen.getByRole("button", { name: "Rename Trial 0" }));
  const field = screen.getByRole("textbox", { name: "New name of Trial 0" });
  await fireEvent.input(field, { target: { value: "Trial by night" } });
  await fireEvent.submit(field.closest("form")!);
  expect(await screen.findByRole("link", { name: "Trial by night" })).toBeDefined();
});

test("a column's name sorts by it, and turns round at the second press", async () => {
  const transport = await open(3);
  const name = screen.getByRole("button", { name: "Name" });
  await fireEvent.click(name);
  expect(transport.asked.at(-1)?.payload).toMatchObject({ order: "name", descending: false });
  expect(name.closest("th")?.getAttribute("aria-sort")).toBe("ascending");
  await fireEvent.click(name);
  await waitFor(() => {
    expect(links()).toEqual(["Trial 2", "Trial 1", "Trial 0"]);
  });
});
