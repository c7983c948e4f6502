/**
 * The menu, with entries and keys where each system's people look for them. What acts in the page goes
 * there as a wish; developer tools and reloading are not for users and are left out.
 */
import type { MenuItemConstructorOptions } from "electron";
import type { Wish } from "../contract/desktop.ts";

type Item = MenuItemConstructorOptions;

export interface MenuActs {
  wish: (wish: Wish) => void;
  /** Asks for a run file and has it imported. */
  openRunFile: () => void;
  openDataFolder: () => void;
  about: () => void;
}

const separator: Item = { type: "separator" };

export function menuTemplate(platform: NodeJS.Platform, acts: MenuActs): Item[] {
  const isMac = platform === "darwin";
  const show = (label: string, accelerator: string, wish: Wish): Item => ({
    ...{ label, accelerator },
    click: () => {
      acts.wish(wish);
    },
  });
  const settings = show("Settings…", "CmdOrCtrl+,", { kind: "show", screen: "settings" });
  const about: Item = { label: "About GAN Studio", click: acts.about };

  const application: Item = {
    label: "GAN Studio",
    submenu: [
      ...[about, separator, settings, separator],
      ...[{ role: "services" as const }, separator],
      ...[{ role: "hide" as const }, { role: "hideOthers" as const }, { role: "unhide" as const }],
      ...[separator, { role: "quit" as const }],
    ],
  };
  const file: Item = {
    label: "&File",
    submenu: [
      show("New Run", "CmdOrCtrl+N", { kind: "show", screen: "new" }),
      { label: "Open Run File…", accelerator: "CmdOrCtrl+O", click: acts.openRunFile },
      show("Data…", "CmdOrCtrl+Shift+D", { kind: "show", screen: "data" }),
      show("Export a Network…", "CmdOrCtrl+Shift+E", { kind: "show", screen: "export" }),
      separator,
      ...(isMac ? [{ role: "close" as const }] : [settings, separator, { role: "quit" as const }]),
    ],
  };
  const view: Item = {
    label: "&View",
    submenu: [
      show("Runs", "CmdOrCtrl+1", { kind: "show", screen: "runs" }),
      show("Compare Runs", "CmdOrCtrl+2", { kind: "show", screen: "compare" }),
      show("Explore a Generator", "CmdOrCtrl+3", { kind: "show", screen: "explore" }),
      // The page has these keys already; the menu only says so.
      { ...show("Find…", "CmdOrCtrl+K", { kind: "palette" }), registerAccelerator: false },
      separator,
      ...[
        { role: "resetZoom" as const },
        { role: "zoomIn" as const },
        { role: "zoomOut" as const },
      ],
      ...[separator, { role: "togglefullscreen" as const }],
    ],
  };
  const help: Item = {
    role: "help",
    label: "&Help",
    submenu: [
      show("GAN Studio Help", "F1", { kind: "show", screen: "help" }),
      {
        label: "Keyboard Shortcuts",
        click: () => {
          acts.wish({ kind: "shortcuts" });
        },
      },
      separator,
      { label: "Open Data Folder", click: acts.openDataFolder },
      ...(isMac ? [] : [separator, about]),
    ],
  };
  return [
    ...(isMac ? [application] : []),
    ...[file, { role: "editMenu" as const }, view, { role: "windowMenu" as const }, help],
  ];
}
