import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { beforeAll, expect, test, vi } from "vitest";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import { exampleRun } from "../examples.ts";
import PaletteInFrame from "./PaletteInFrame.svelte";

beforeAll(() => {
  // jsdom has dialogs, but cannot open them.
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
  Element.prototype.scrollIntoView = () => undefined;
});

async function open() {
  const [data, dark, onclose] = [vi.fn(), vi.fn(), vi.fn()];
  const commands = [
    { id: "data", title: "Data", group: "Go to", keys: ["G", "D"], run: data },
    { id: "dark", title: "Dark theme", group: "Appearance", run: dark },
  ];
  const transport = createFakeTransport({
    "runs.list": () => ({ runs: [exampleRun()], total: 1 }),
  });
  render(PaletteInFrame, { props: { studio: createStudio(transport), commands, onclose } });
  await screen.findByRole("option", { name: /First digits/ });
  return { data, dark, onclose, field: screen.getByRole("combobox") };
}

const chosen = () => screen.getByRole("option", { selected: true });

test("arrows choose and Enter does it, after the palette was closed", async () => {
  const { dark, onclose, field } = await open();
  expect(chosen().textContent).toMatch(/Data/);
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(field.getAttribute("aria-activedescendant")).toBe(chosen().id);
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(dark).toHaveBeenCalledOnce();
  expect(onclose.mock.invocationCallOrder[0]).toBeLessThan(dark.mock.invocationCallOrder[0]!);
});

test("what was typed narrows the list and is marked in it", async () => {
  const { field } = await open();
  await fireEvent.input(field, { target: { value: "dig" } });
  expect(screen.getAllByRole("option")).toHaveLength(1);
  expect(within(chosen()).getByText("dig").tagName).toBe("MARK");
});

test("a press on a command does it; nothing found says so and Enter does nothing", async () => {
  const { data, onclose, field } = await open();
  await fireEvent.click(screen.getByRole("option", { name: /Data/ }));
  expect(data).toHaveBeenCalledOnce();
  onclose.mockClear();
  await fireEvent.input(field, { target: { value: "zzz" } });
  expect(screen.getByRole("status").textContent).toMatch(/Nothing fits «zzz»/);
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(onclose).not.toHaveBeenCalled();
});

test("letters of an input method are not taken for Enter", async () => {
  const { data, field } = await open();
  await fireEvent.keyDown(field, { key: "Enter", isComposing: true });
  expect(data).not.toHaveBeenCalled();
});
