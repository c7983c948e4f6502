/**
 * What the page gets of the desktop: two functions over names that the contract knows, and the path of a
 * dropped file. Built into one
 * CommonJS file, because a sandboxed page's preload can load nothing else.
 */
import { contextBridge, ipcRenderer, webUtils } from "electron";
import { commands } from "../contract/commands.ts";
import { eventNames } from "../contract/events.ts";
import { createPageBridge } from "./page-bridge.ts";

contextBridge.exposeInMainWorld("ganStudio", {
  ...createPageBridge(ipcRenderer, { commands: Object.keys(commands), events: eventNames }),
  /** Where a file that was dropped on the page lies. */
  pathOf: (file: File) => webUtils.getPathForFile(file),
});
