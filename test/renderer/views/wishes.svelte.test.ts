import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { DesktopCommand, Wish } from "../../../main/contract/desktop.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { createDesktop, type Desktop } from "../../../renderer/shared/transport/desktop.ts";
import { Arrivals } from "../../../renderer/views/arrivals.svelte.ts";
import { followWishes } from "../../../renderer/views/wishes.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import DropInFrame from "./DropInFrame.svelte";

function fakeDesktop(waiting: Wish[] = []) {
  const listeners = new Set<() => void>();
  const asked: [string, unknown][] = [];
  const desktop = createDesktop({
    ask: (command, payload) => {
      asked.push([command, payload]);
      return Promise.resolve({ result: { wishes: waiting.splice(0) } });
    },
    onWish: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  });
  const wish = (next: Wish) => {
    waiting.push(next);
    for (const listener of listeners) listener();
  };
  return { desktop, asked, wish, listeners };
}

const acts = () => ({
  ...{ goTo: vi.fn(), importRun: vi.fn(), showPalette: vi.fn(), showShortcuts: vi.fn() },
});

test("what was wished before the page was there is done when it opens", async () => {
  const { desktop } = fakeDesktop([{ kind: "import", path: "/a.ganrun" }]);
  const done = acts();
  followWishes(desktop, done);
  await waitFor(() => {
    expect(done.importRun).toHaveBeenCalledExactlyOnceWith("/a.ganrun");
  });
});

test("each wish is done once, until the page stops following", async () => {
  const { desktop, wish, listeners } = fakeDesktop();
  const done = acts();
  const stop = followWishes(desktop, done);
  wish({ kind: "show", screen: "help" });
  wish({ kind: "run", id: "a-1" });
  wish({ kind: "shortcuts" });
  wish({ kind: "palette" });
  await waitFor(() => {
    expect(done.showPalette).toHaveBeenCalledOnce();
  });
  expect(done.goTo.mock.calls).toEqual([["#/help"], ["#/runs/a-1"]]);
  expect(done.showShortcuts).toHaveBeenCalledOnce();
  stop();
  expect(listeners.size).toBe(0);
});

test("an answer that is an error becomes a problem with its code", async () => {
  const desktop = createDesktop({
    ask: () => Promise.resolve({ error: { code: "disk.full", message: "The disk is full." } }),
    onWish: () => () => undefined,
  });
  await expect(desktop.ask("desktop.prefer", {})).rejects.toEqual(
    new Problem("disk.full", "The disk is full."),
  );
});

test("run files go to Import, all else to Data, and each is taken once", () => {
  const arrivals = new Arrivals();
  const goTo = vi.fn();
  arrivals.bring("/home/ada/Digits.GANRUN", goTo);
  arrivals.bring("/home/ada/cats.ganrun.zip", goTo);
  expect(goTo.mock.calls).toEqual([["#/runs"], ["#/data"]]);
  expect([arrivals.takeBundle(), arrivals.takeBundle()]).toEqual(["/home/ada/Digits.GANRUN", null]);
  expect([arrivals.takeData(), arrivals.takeData()]).toEqual(["/home/ada/cats.ganrun.zip", null]);
});

/** jsdom knows no DragEvent with files. */
async function drag(kind: "dragover" | "drop", names: string[], prevented = false) {
  const event = new Event(kind, { bubbles: true, cancelable: true });
  const files = names.map((name) => new File([], name));
  const types = names.length > 0 ? ["Files"] : ["text/plain"];
  Object.defineProperty(event, "dataTransfer", { value: { files, types } });
  if (prevented) event.preventDefault();
  await fireEvent(document.body, event);
  return event;
}

function open(pathOf?: (file: File) => string, desktop?: Desktop) {
  const transport = createFakeTransport({});
  const studio = {
    ...createStudio(transport),
    ...(pathOf && { pathOf }),
    ...(desktop && { desktop }),
  };
  const [notices, arrivals] = [new Notices(), new Arrivals()];
  render(DropInFrame, { props: { studio, notices, arrivals } });
  return { notices, arrivals };
}

test("what is dropped anywhere in the desktop app goes to its screen", async () => {
  const { arrivals } = open(({ name }) => `/home/ada/${name}`);
  await drag("dragover", ["cats"]);
  expect(screen.getByText(/^Drop a folder or file/)).toBeDefined();
  expect((await drag("drop", ["cats"])).defaultPrevented).toBe(true);
  expect(screen.queryByText(/^Drop a folder or file/)).toBeNull();
  expect(location.hash).toBe("#/data");
  expect(arrivals.takeData()).toBe("/home/ada/cats");
  await drag("drop", ["run.ganrun"]);
  expect(location.hash).toBe("#/runs");
  expect(arrivals.takeBundle()).toBe("/home/ada/run.ganrun");
});

test("what is dropped in a browser does not replace the page, and is answered by a sentence", async () => {
  const { notices, arrivals } = open();
  expect((await drag("drop", ["cats"])).defaultPrevented).toBe(true);
  expect(arrivals.takeData()).toBeNull();
  expect(notices.shown).toMatchObject([{ text: /«cats».*Type its path/ }]);
});

test("what a pane took for itself, and layers that are dragged, are left alone", async () => {
  const { notices, arrivals } = open(({ name }) => `/home/ada/${name}`);
  await drag("drop", ["model.safetensors"], true);
  expect((await drag("dragover", [])).defaultPrevented).toBe(false);
  expect((await drag("drop", [])).defaultPrevented).toBe(false);
  expect(arrivals.takeData()).toBeNull();
  expect(notices.shown).toEqual([]);
});

test("a path is chosen in the system's dialog in the desktop app, and typed in a browser", async () => {
  const asked: [DesktopCommand, unknown][] = [];
  let path: string | null = "/home/ada/cats";
  const desktop: Desktop = {
    ask: (command, payload) => {
      asked.push([command, payload]);
      return Promise.resolve({ path }) as never;
    },
    onWish: () => () => undefined,
  };
  open(undefined, desktop);
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Place" });
  await fireEvent.click(screen.getByRole("button", { name: "Choose…" }));
  await waitFor(() => {
    expect(field.value).toBe("/home/ada/cats");
  });
  path = null;
  await fireEvent.click(screen.getByRole("button", { name: "Choose…" }));
  expect(field.value).toBe("/home/ada/cats");
  expect(asked).toEqual(Array(2).fill(["desktop.choose", { what: "bundle" }]));
});

test("a browser has no button for the system's dialog", () => {
  open();
  expect(screen.getByRole("textbox", { name: "Place" })).toBeDefined();
  expect(screen.queryByRole("button", { name: "Choose…" })).toBeNull();
});
