import type { MenuItemConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import { aboutBox } from "../../../main/electron/about.ts";
import { menuTemplate } from "../../../main/electron/menu.ts";

type Item = MenuItemConstructorOptions;
const platforms = ["linux", "win32", "darwin"] as const;

function menuOf(platform: NodeJS.Platform) {
  const done: unknown[] = [];
  const note = (what: string) => () => done.push(what);
  const template = menuTemplate(platform, {
    wish: (wish) => done.push(wish),
    openRunFile: note("open run file"),
    openDataFolder: note("open data folder"),
    about: note("about"),
  });
  const below = (item: Item): Item[] => (item.submenu ?? []) as Item[];
  const all = template.flatMap((item) => [item, ...below(item)]);
  const named = (label: string) => all.find((item) => item.label === label);
  const click = (label: string) => {
    (named(label)?.click as (() => void) | undefined)?.();
    return done.at(-1);
  };
  const titles = template.map(({ label, role }) => label?.replace("&", "") ?? role);
  return { template, all, named, click, titles, below };
}

describe.each(platforms)("the menu on %s", (platform) => {
  const { all, named, click, titles, below, template } = menuOf(platform);

  it("has the menus that people look for, in their order", () => {
    const common = ["File", "editMenu", "View", "windowMenu", "Help"];
    expect(titles).toEqual(platform === "darwin" ? ["GAN Studio", ...common] : common);
  });

  it("leads to the screens", () => {
    expect(click("New Run")).toEqual({ kind: "show", screen: "new" });
    expect(click("Data…")).toEqual({ kind: "show", screen: "data" });
    expect(click("Settings…")).toEqual({ kind: "show", screen: "settings" });
    expect(click("Runs")).toEqual({ kind: "show", screen: "runs" });
    expect(click("Compare Runs")).toEqual({ kind: "show", screen: "compare" });
    expect(click("Explore a Generator")).toEqual({ kind: "show", screen: "explore" });
    expect(click("Export a Network…")).toEqual({ kind: "show", screen: "export" });
    expect(click("GAN Studio Help")).toEqual({ kind: "show", screen: "help" });
    expect(click("Keyboard Shortcuts")).toEqual({ kind: "shortcuts" });
    expect(click("Find…")).toEqual({ kind: "palette" });
  });

  it("acts in the window itself for files, folders and About", () => {
    expect(click("Open Run File…")).toBe("open run file");
    expect(click("Open Data Folder")).toBe("open data folder");
    expect(click("About GAN Studio")).toBe("about");
  });

  it("has the keys of the system, none of them twice", () => {
    const keys = all.flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));
    expect(new Set(keys).size).toBe(keys.length);
    expect(named("Settings…")?.accelerator).toBe("CmdOrCtrl+,");
    expect(named("New Run")?.accelerator).toBe("CmdOrCtrl+N");
    expect(named("Open Run File…")?.accelerator).toBe("CmdOrCtrl+O");
  });

  it("leaves the page's own key to the page", () => {
    expect(named("Find…")).toMatchObject({
      accelerator: "CmdOrCtrl+K",
      registerAccelerator: false,
    });
  });

  it("has zoom, full screen and quitting by the system's roles, and no developer tools", () => {
    const roles = all.map(({ role }) => role);
    for (const role of ["resetZoom", "zoomIn", "zoomOut", "togglefullscreen", "quit"])
      expect(roles).toContain(role);
    expect(JSON.stringify(template)).not.toMatch(/devtools|reload/i);
  });

  it("has Settings, About and quitting where this system has them", () => {
    const place = (label: string) =>
      titles[template.findIndex((item) => below(item).some((one) => one.label === label))];
    expect(place("Settings…")).toBe(platform === "darwin" ? "GAN Studio" : "File");
    expect(place("About GAN Studio")).toBe(platform === "darwin" ? "GAN Studio" : "Help");
    const quit = template.findIndex((item) => below(item).some(({ role }) => role === "quit"));
    expect(titles[quit]).toBe(platform === "darwin" ? "GAN Studio" : "File");
  });
});

it("says in About what it is, what trains here, and the licence", () => {
  const versions = { electron: "45.4.1", chrome: "150.0", node: "24.1.0" };
  const system = { engineVersion: "TensorFlow 2.21.0", device: "CPU", home: "/home/ada/runs" };
  const { message, detail } = aboutBox({ version: "0.1.0", system, versions });
  expect(message).toBe("GAN Studio 0.1.0");
  for (const words of ["TensorFlow 2.21.0", "CPU", "/home/ada/runs", "45.4.1", "MIT licence"])
    expect(detail).toContain(words);
  expect(aboutBox({ version: "0.1.0", system: null, versions }).detail).toContain("Engine: none");
});
