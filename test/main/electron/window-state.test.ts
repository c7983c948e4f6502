import { EventEmitter } from "node:events";
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { documentIn } from "../../../main/electron/documents.ts";
import {
  keepWindowState,
  placeWindow,
  windowStateSchema,
} from "../../../main/electron/window-state.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const area = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const laptop = area(0, 25, 1440, 875);
const left = area(-1920, 0, 1920, 1080);
const kept = { x: 40, y: 60, width: 1200, height: 700, maximized: false };
const usual = { width: 1280, height: 800, maximized: false };

describe("the place of the window", () => {
  it("is the usual size and the system's place at the first start", () => {
    expect(placeWindow(null, [laptop])).toEqual(usual);
  });

  it("is where it was, also on a second screen at the left", () => {
    expect(placeWindow(kept, [laptop])).toEqual(kept);
    const there = { ...kept, x: -1800, y: 10, maximized: true };
    expect(placeWindow(there, [laptop, left])).toEqual(there);
  });

  it.each([
    ["the screen was taken away", { x: -1800, y: 10 }],
    ["nothing but an edge is on a screen", { x: 1400, y: 60 }],
    ["its title lies above the screens", { x: 40, y: 0 }],
    ["its title lies below them", { x: 40, y: 890 }],
  ])("is the system's where %s; the size stays", (_why, place) => {
    expect(placeWindow({ ...kept, ...place }, [laptop])).toEqual({
      ...{ width: 1200, height: 700, maximized: false },
    });
  });

  it("is not larger than the largest screen, nor smaller than the page can be used at", () => {
    const large = { ...kept, width: 4000, height: 3000 };
    expect(placeWindow(large, [laptop, left])).toMatchObject({ width: 1920, height: 1080 });
    const small = { ...kept, width: 10, height: 10 };
    expect(placeWindow(small, [laptop])).toMatchObject({ width: 960, height: 600 });
  });

  it("is found also where no screen is known", () => {
    expect(placeWindow(kept, [])).toEqual({ width: 1200, height: 700, maximized: false });
  });
});

describe("its document", () => {
  const open = (folder: string) => documentIn(folder, "window.json", windowStateSchema);

  it("comes back as it was written, in a folder that is made", () => {
    const folder = join(temporaryFolder(), "new", "folder");
    open(folder).write(kept);
    expect(open(folder).read()).toEqual(kept);
    expect(readdirSync(folder)).toEqual(["window.json"]);
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"x":0}',
    '{"x":"0","y":0,"width":9,"height":9,"maximized":false}',
    '{"x":0,"y":0,"width":1e99,"height":9,"maximized":false}',
    '{"x":0,"y":0,"width":0.5,"height":9,"maximized":false}',
    "\0\0\0\0",
  ])("is nothing where the file holds %j", (text) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "window.json"), text);
    expect(open(folder).read()).toBeNull();
  });

  it("is nothing where there is no file", () => {
    expect(open(temporaryFolder()).read()).toBeNull();
  });
});

describe("a window whose place is kept", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  function shown(state: { maximized?: boolean; fullScreen?: boolean } = {}) {
    const folder = temporaryFolder();
    const window = Object.assign(new EventEmitter(), {
      getNormalBounds: () => area(1, 2, 1000, 700),
      isMaximized: () => state.maximized ?? false,
      isFullScreen: () => state.fullScreen ?? false,
      isDestroyed: () => false,
    });
    keepWindowState(window as never, documentIn(folder, "window.json", windowStateSchema));
    const path = join(folder, "window.json");
    const stored = (): unknown =>
      existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : null;
    return { folder, window, stored, state };
  }

  it("is written once after a drag of many movements", () => {
    const { window, stored } = shown();
    for (let moves = 0; moves < 50; moves++) {
      window.emit("move");
      vi.advanceTimersByTime(20);
    }
    expect(stored()).toBeNull();
    vi.advanceTimersByTime(500);
    expect(stored()).toEqual({ ...area(1, 2, 1000, 700), maximized: false });
  });

  it("is written when it closes, with its size from before it was maximised", () => {
    const { window, stored } = shown({ maximized: true });
    window.emit("close");
    expect(stored()).toEqual({ ...area(1, 2, 1000, 700), maximized: true });
  });

  it("keeps what was there before while it fills the screen", () => {
    const { window, stored, state } = shown();
    window.emit("close");
    const before = stored();
    state.fullScreen = state.maximized = true;
    window.emit("resize");
    vi.advanceTimersByTime(1000);
    expect(stored()).toEqual(before);
  });

  it.skipIf(process.getuid?.() === 0)("closes also where nothing can be written", () => {
    const { folder, window } = shown();
    chmodSync(folder, 0o500);
    const silence = vi.spyOn(console, "error").mockImplementation(() => undefined);
    window.emit("close");
    expect(silence).toHaveBeenCalledOnce();
    silence.mockRestore();
    chmodSync(folder, 0o700);
  });
});
