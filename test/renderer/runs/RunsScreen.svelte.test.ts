import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { RunDetail, RunSummary } from "../../../main/contract/runs.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport, type FakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import { scriptedKeeping } from "../preview/scripted-keeping.ts";
import RunsInFrame from "./RunsInFrame.svelte";

// Finding elements by their role takes long in a simulated browser on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

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
  const acts = screen.getByRole("region", { name: "Chosen runs" });
  expect(within(acts).queryAllByRole("button")).toEqual([]);
  await fireEvent.click(screen.getByRole("checkbox", { name: "Choose Trial 2" }));
  expect(screen.getByRole("button", { name: "Compare" })).toHaveProperty("disabled", true);
  expect(screen.getByText("1 run chosen, tick another to compare")).toBeDefined();
  await fireEvent.click(screen.getByRole("checkbox", { name: "Choose Trial 0" }));
  const compare = screen.getByRole("link", { name: "Compare" });
  expect(compare.getAttribute("href")).toBe("#/compare?runs=run-2,run-0");
});

test("seven runs are too many to compare", async () => {
  await open(7);
  for (const box of screen.getAllByRole("checkbox")) await fireEvent.click(box);
  expect(screen.getByText("7 runs chosen, at most 6 are compared")).toBeDefined();
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
  const transport = await open(2);
  const field = screen.getByRole("searchbox", { name: "Search runs" });
  await fireEvent.input(field, { target: { value: "nothing like it" } });
  expect(await screen.findByText("No run fits")).toBeDefined();
  await fireEvent.input(field, { target: { value: "" } });
  await screen.findByRole("link", { name: "Trial 0" });
  expect(screen.getByRole("searchbox", { name: "Search runs" })).toBe(field);
  // Each is one question: the screen is not opened anew by it.
  expect(transport.asked.filter(({ command }) => command === "runs.list")).toHaveLength(3);
});

test("a run is renamed in its place", async () => {
  await open(1);
  await fireEvent.click(screen.getByRole("button", { name: "Rename Trial 0" }));
  const field = screen.getByRole("textbox", { name: "New name of Trial 0" });
  await fireEvent.input(field, { target: { value: "Trial by night" } });
  await fireEvent.submit(field.closest("form")!);
  expect(await screen.findByRole("link", { name: "Trial by night" })).toBeDefined();
});

test("a new name is taken when the focus goes elsewhere, and given up by Escape alone", async () => {
  const transport = await open(1);
  const renamed = () => transport.asked.filter(({ command }) => command === "runs.rename").length;
  const edit = async (name: string) => {
    await fireEvent.click(screen.getByRole("button", { name: "Rename Trial 0" }));
    const field = screen.getByRole("textbox", { name: "New name of Trial 0" });
    await fireEvent.input(field, { target: { value: name } });
    return field;
  };
  const hasFocus = vi.spyOn(document, "hasFocus").mockReturnValue(false);
  const field = await edit("Typed");
  await fireEvent.blur(field);
  expect(field.isConnected).toBe(true);
  hasFocus.mockReturnValue(true);
  await fireEvent.keyDown(field, { key: "Escape" });
  await fireEvent.blur(field);
  expect([field.isConnected, renamed()]).toEqual([false, 0]);
  await fireEvent.blur(await edit("Trial by night"));
  expect(await screen.findByRole("link", { name: "Trial by night" })).toBeDefined();
  expect(renamed()).toBe(1);
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

async function openFamilies() {
  const of = (id: string, name: string, createdAt: number, changes: Partial<RunSummary> = {}) => {
    const run = exampleRun({ id, name, createdAt, status: "finished", step: 0, ...changes });
    return [id, exampleDetail({ run: { ...run, newestSample: null } })] as const;
  };
  const parent = { step: 4, epoch: 1 };
  const group = { id: "group-1", name: "Tries", runs: 2 };
  const runs = new Map<string, RunDetail>([
    of("old", "Trial old", 1, { forks: 1 }),
    of("child", "Trial child", 2, { parent: { run: "old", ...parent }, forks: 1 }),
    of("grandchild", "Trial grandchild", 3, { parent: { run: "child", ...parent } }),
    of("one", "Trial seed 1", 4, { group }),
    of("two", "Trial seed 2", 5, { group }),
  ]);
  const transport: FakeTransport = createFakeTransport(scriptedKeeping(runs, () => transport));
  render(RunsInFrame, { studio: createStudio(transport) });
  await screen.findByRole("link", { name: "Trial old" });
  return { transport, runs };
}

test("forks hang below their parent, and are shown by a press or the arrow keys", async () => {
  await openFamilies();
  expect(links()).toEqual(["Trial seed 1", "Trial old"]);
  const toggle = screen.getByRole("button", { name: "1 run below Trial old" });
  expect(toggle.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(toggle);
  await screen.findByRole("link", { name: "Trial child" });
  const inner = screen.getByRole("button", { name: "1 run below Trial child" });
  await fireEvent.keyDown(inner, { key: "ArrowRight" });
  await screen.findByRole("link", { name: "Trial grandchild" });
  expect(links()).toEqual(["Trial seed 1", "Trial old", "Trial child", "Trial grandchild"]);
  expect(screen.getByRole("table").getAttribute("aria-rowcount")).toBe("5");
  await fireEvent.keyDown(toggle, { key: "ArrowLeft" });
  expect(links()).toEqual(["Trial seed 1", "Trial old"]);
});

test("the runs of a group stand below its first, which leads to the group", async () => {
  await openFamilies();
  const group = screen.getByRole("link", { name: "2 seeds" });
  expect(group.getAttribute("href")).toBe("#/groups/group-1");
  await fireEvent.click(screen.getByRole("button", { name: "1 run below Trial seed 1" }));
  await screen.findByRole("link", { name: "Trial seed 2" });
  expect(links()).toEqual(["Trial seed 1", "Trial seed 2", "Trial old"]);
});

test("a search finds runs wherever they hang, in one flat list", async () => {
  await openFamilies();
  const field = screen.getByRole("searchbox", { name: "Search runs" });
  await fireEvent.input(field, { target: { value: "child" } });
  await screen.findByRole("link", { name: "Trial grandchild" });
  expect(links()).toEqual(["Trial grandchild", "Trial child"]);
  expect(screen.queryByRole("button", { name: /below/ })).toBeNull();
});

test("a run below another that changes is shown as it now is", async () => {
  const { transport, runs } = await openFamilies();
  await fireEvent.click(screen.getByRole("button", { name: "1 run below Trial old" }));
  await screen.findByRole("link", { name: "Trial child" });
  const child = runs.get("child")!.run;
  transport.emit("run.changed", { ...child, name: "Trial grown", updatedAt: child.updatedAt + 1 });
  expect(await screen.findByRole("link", { name: "Trial grown" })).toBeDefined();
});

test("runs below others are asked for again after a lost connection, too", async () => {
  const { transport, runs } = await openFamilies();
  await fireEvent.click(screen.getByRole("button", { name: "1 run below Trial old" }));
  await screen.findByRole("link", { name: "Trial child" });
  const child = runs.get("child")!;
  runs.set("child", { ...child, run: { ...child.run, name: "Trial grown" } });
  transport.setConnection("lost");
  transport.setConnection("connected");
  expect(await screen.findByRole("link", { name: "Trial grown" })).toBeDefined();
});
