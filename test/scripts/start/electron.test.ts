/** When the desktop window can open. */
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { electronExecutable, missingDisplay } from "../../../scripts/start/electron.mjs";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { write } from "../support.ts";

describe("a display", () => {
  it("is missing on Linux without X11 and Wayland", () => {
    expect(missingDisplay("linux", {})).toMatch(/no display/);
    expect(missingDisplay("linux", { DISPLAY: ":0" })).toBeNull();
    expect(missingDisplay("linux", { WAYLAND_DISPLAY: "wayland-0" })).toBeNull();
  });
  it("is missing over SSH elsewhere", () => {
    expect(missingDisplay("darwin", { SSH_CONNECTION: "a b" })).toMatch(/SSH/);
    expect(missingDisplay("win32", {})).toBeNull();
  });
});

describe("Electron's executable", () => {
  it("is there only when both its record and the file are", () => {
    const folder = temporaryFolder();
    expect(electronExecutable(folder, {})).toBeNull();
    write(join(folder, "path.txt"), "electron");
    expect(electronExecutable(folder, {})).toBeNull();
    write(join(folder, "dist/electron"));
    expect(electronExecutable(folder, {})).toBe(join(folder, "dist/electron"));
  });
});
