/**
 * What the page gets of the desktop: two functions over names that the contract knows. Built into one
 * CommonJS file, because a sandboxed page's preload can load nothing else.
 */
import { contextBridge, ipcRenderer } from "electron";
import { commands } from "../contract/commands.ts";
import { eventNames } from "../contract/events.ts";
import { createPageBridge } from "./page-bridge.ts";

contextBridge.exposeInMainWorld(
  "ganStudio",
  createPageBridge(ipcRenderer, { commands: Object.keys(commands), events: eventNames }),
);
