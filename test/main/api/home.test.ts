import { expect, it } from "vitest";
import { homeFolder, type Surroundings } from "../../../main/api/home.ts";

const linux: Surroundings = {
  environment: {},
  platform: "linux",
  userFolder: "/home/ada",
  folder: "/work",
};
const windows = {
  ...linux,
  platform: "win32" as const,
  userFolder: "C:\\Users\\ada",
  folder: "D:\\w",
};

it.each([
  ["Linux", linux, "/home/ada/.local/share/gan-studio"],
  [
    "Linux with XDG_DATA_HOME",
    { ...linux, environment: { XDG_DATA_HOME: "/big" } },
    "/big/gan-studio",
  ],
  [
    "Linux with a relative XDG_DATA_HOME, which does not count",
    { ...linux, environment: { XDG_DATA_HOME: "big" } },
    "/home/ada/.local/share/gan-studio",
  ],
  [
    "macOS",
    { ...linux, platform: "darwin" as const },
    "/home/ada/Library/Application Support/GAN Studio",
  ],
  ["Windows", windows, "C:\\Users\\ada\\AppData\\Local\\GAN Studio"],
  [
    "Windows with LOCALAPPDATA",
    { ...windows, environment: { LOCALAPPDATA: "E:\\Local" } },
    "E:\\Local\\GAN Studio",
  ],
])("has its usual place on %s", (_name, surroundings, expected) => {
  expect(homeFolder(surroundings)).toBe(expected);
});

it("prefers --home to GAN_STUDIO_HOME to the usual place", () => {
  const environment = { GAN_STUDIO_HOME: "/named" };
  expect(homeFolder({ ...linux, environment })).toBe("/named");
  expect(homeFolder({ ...linux, environment, home: "/given" })).toBe("/given");
  expect(homeFolder({ ...linux, environment: { GAN_STUDIO_HOME: "" } })).toContain("/home/ada");
});

it("makes relative paths absolute", () => {
  expect(homeFolder({ ...linux, home: "data" })).toBe("/work/data");
  expect(homeFolder({ ...windows, home: "data" })).toBe("D:\\w\\data");
});
