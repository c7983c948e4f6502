import { expect, it } from "vitest";
import { libraryInMaps, loadedLibrary } from "../../../../main/engine/backend/loaded-library.ts";

const line = (path: string) => `7f1c2c000000-7f1c2d000000 r-xp 00000000 fe:00 1234567    ${path}\n`;

it.each([
  ["/opt/tf/libtensorflow_cc.so.2", "a Python package's"],
  ["/opt/tf/lib/libtensorflow.so.2.9.1", "an unpacked libtensorflow's"],
  ["/home/me/my tools/libtensorflow_cc.so.2", "one below a folder with a space"],
])("finds %s, %s", (path) => {
  const maps = `${line("/usr/lib/libc.so.6")}${line("/opt/tf/libtensorflow_framework.so.2")}${line(path)}`;
  expect(libraryInMaps(maps)).toBe(path);
});

it("finds none where only what it is built on, or nothing, is loaded", () => {
  expect(libraryInMaps(line("/opt/tf/libtensorflow_framework.so.2"))).toBeNull();
  expect(libraryInMaps("")).toBeNull();
  // This process has loaded none.
  expect(loadedLibrary()).toBeNull();
});
