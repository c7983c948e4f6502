/**
 * What the page gets of the desktop: functions over names that the contract knows, and the path of a
 * dropped file. Built into one CommonJS file, because a sandboxed page's preload can load nothing else.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import { commands } from "../contract/commands.ts";
import { desktopCommands } from "../contract/desktop.ts";
import { eventNames } from "../contract/events.ts";
import { createPageBridge } from "./page-bridge.ts";

const names = {
  commands: Object.keys(commands),
  events: eventNames,
  desktop: Object.keys(desktopCommands),
};

contextBridge.exposeInMainWorld("ganStudio", {
  ...createPageBridge(ipcRenderer, names),
  /** Where a file that was dropped on the page lies. */
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
