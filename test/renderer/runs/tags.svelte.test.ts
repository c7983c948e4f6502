import { fireEvent, render, screen, waitFor, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { RunDetail } from "../../../main/contract/runs.ts";
import { sharedTags } from "../../../renderer/runs/shared-tags.ts";
import TagField from "../../../renderer/runs/TagField.svelte";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport, type FakeTransport } from "../../support/fake-transport.ts";
import { exampleDetail, exampleRun } from "../examples.ts";
import { scriptedKeeping } from "../preview/scripted-keeping.ts";
import RunsInFrame from "./RunsInFrame.svelte";

// Finding elements by their role takes long in a simulated browser on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

function openField(tags: readonly { tag: string; note?: string }[] = []) {
  const added: string[][] = [];
  const removed: string[] = [];
  render(TagField, {
    ...{ label: "Tags of Trial", tags, suggestions: ["known", "other"] },
    onadd: (given: string[]) => added.push(given),
    onremove: (tag: string) => removed.push(tag),
  });
  const input = screen.getByRole<HTMLInputElement>("combobox", { name: "Add a tag" });
  const type = (value: string, how = {}) => fireEvent.input(input, { target: { value }, ...how });
  const press = (key: string, how = {}) => fireEvent.keyDown(input, { key, ...how });
  return { added, removed, input, type, press };
}

test("Enter and commas add what was typed, each tag once cleaned", async () => {
  const { added, input, type, press } = openField();
  await type("  wide   net ");
  expect(added).toEqual([]);
  await press("Enter");
  await type("a, b,c");
  expect([added, input.value]).toEqual([[["wide net"], ["a", "b"]], "c"]);
  await press("Enter", { isComposing: true });
  expect(input.value).toBe("c");
  await fireEvent.blur(input);
  expect([added.at(-1), input.value]).toEqual([["c"], ""]);
  await press("Enter");
  expect(added).toHaveLength(3);
});

test("what can be no tag stays in the field, with the reason", async () => {
  const { added, input, type, press } = openField();
  await type("x".repeat(41));
  await press("Enter");
  expect(screen.getByText(/has 41 characters/)).toBeDefined();
  expect([added, input.value.length, input.getAttribute("aria-invalid")]).toEqual([[], 41, "true"]);
  await type("x");
  expect(screen.queryByText(/41 characters/)).toBeNull();
});

test("a suggestion that is chosen is added at once, one that is only typed is not", async () => {
  const { added, type } = openField([{ tag: "other" }]);
  const offered = [...document.querySelectorAll("datalist option")].map((option) =>
    option.getAttribute("value"),
  );
  expect(offered).toEqual(["known"]);
  await type("known", { inputType: "insertText" });
  expect(added).toEqual([]);
  await type("known", { inputType: "insertReplacementText" });
  expect(added).toEqual([["known"]]);
});

test("Backspace in the empty field and a chip's button take a tag away", async () => {
  const { removed, input, type, press } = openField([{ tag: "a" }, { tag: "b", note: "1 of 2" }]);
  await type("x");
  await press("Backspace");
  await type("");
  // A key that is held down clears the text, not the tags.
  await press("Backspace", { repeat: true });
  expect(removed).toEqual([]);
  await press("Backspace");
  await fireEvent.click(screen.getByRole("button", { name: "Remove the tag a" }));
  expect(removed).toEqual(["b", "a"]);
  expect(document.activeElement).toBe(input);
});

test("tags of several runs are told apart: of all, or of how many", () => {
  const of = (...tags: string[]) => exampleRun({ tags });
  expect(sharedTags([of("b", "a"), of("a", "B"), of("a")])).toEqual([
    { tag: "a" },
    { tag: "b", note: "2 of 3" },
  ]);
});

async function openScreen() {
  const runs = new Map<string, RunDetail>(
    [["draft", "wide net"], ["draft"], []].map((tags, i) => {
      const named = { id: `run-${i}`, name: `Trial ${i}`, createdAt: 100 - i, tags };
      const run = exampleRun({ ...named, status: "finished", step: 0, newestSample: null });
      return [run.id, exampleDetail({ run })];
    }),
  );
  const transport: FakeTransport = createFakeTransport(scriptedKeeping(runs, () => transport));
  render(RunsInFrame, { studio: createStudio(transport) });
  await screen.findByRole("link", { name: "Trial 0" });
  return { transport, tagsOf: () => [...runs.values()].map(({ run }) => run.tags) };
}
const rowOf = (name: string) => screen.getByRole("link", { name }).closest("tr")!;

test("a row shows its tags as links to the runs that have them", async () => {
  await openScreen();
  const links = within(rowOf("Trial 0"))
    .getAllByRole("link")
    .map((link) => [link.textContent, decodeURIComponent(link.getAttribute("href") ?? "")]);
  expect(links.slice(1)).toEqual([
    ["draft", "#/runs?search=tag:draft"],
    ["wide net", '#/runs?search=tag:"wide+net"'],
  ]);
});

test("the list is narrowed to a tag by the choice of tags, which the search shows", async () => {
  await openScreen();
  const choice = await screen.findByRole("combobox", { name: "Tag" });
  expect(within(choice).getByRole("option", { name: "draft (2)" })).toBeDefined();
  await fireEvent.change(choice, { target: { value: "wide net" } });
  await waitFor(() => {
    expect(screen.queryByRole("link", { name: "Trial 1" })).toBeNull();
  });
  expect(screen.getByRole("searchbox", { name: "Search runs" })).toHaveProperty(
    "value",
    'tag:"wide net"',
  );
});

test("tags are changed in a row's own panel, by the keyboard alone, and a removal is undone", async () => {
  const { tagsOf } = await openScreen();
  const button = screen.getByRole("button", { name: "Tags of Trial 2" });
  await fireEvent.click(button);
  const panel = screen.getByRole("dialog", { name: "Tags of Trial 2" });
  const input = within(panel).getByRole("combobox", { name: "Add a tag" });
  expect(document.activeElement).toBe(input);
  await fireEvent.input(input, { target: { value: "night" } });
  await fireEvent.keyDown(input, { key: "Enter" });
  await within(rowOf("Trial 2")).findByRole("link", { name: "night" });
  await fireEvent.keyDown(input, { key: "Backspace" });
  await waitFor(() => {
    expect(tagsOf()[2]).toEqual([]);
  });
  await fireEvent.keyDown(input, { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(button);
  expect(screen.getByText("«Trial 2» no longer has the tag «night».")).toBeDefined();
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => {
    expect(tagsOf()[2]).toEqual(["night"]);
  });
});

test("several ticked runs are tagged at once, and undo takes only what was given", async () => {
  const { tagsOf } = await openScreen();
  for (const box of screen.getAllByRole("checkbox")) await fireEvent.click(box);
  await fireEvent.click(screen.getByRole("button", { name: "Tags" }));
  const panel = screen.getByRole("dialog", { name: "Tags of 3 runs" });
  expect(within(panel).getByText("2 of 3")).toBeDefined();
  const input = within(panel).getByRole("combobox", { name: "Add a tag" });
  await fireEvent.input(input, { target: { value: "draft" } });
  await fireEvent.keyDown(input, { key: "Enter" });
  await waitFor(() => {
    expect(tagsOf()).toEqual([["draft", "wide net"], ["draft"], ["draft"]]);
  });
  // The panel follows what the runs now have.
  expect(within(panel).queryByText("2 of 3")).toBeNull();
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => {
    expect(tagsOf()).toEqual([["draft", "wide net"], ["draft"], []]);
  });
});
