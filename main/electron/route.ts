/**
 * The one place where the main process takes calls. The frame that calls is judged, not the window it
 * is in: a window can be led to another page, and a frame can be embedded in ours (CVE-2026-86044).
 */
import type { IpcMain, IpcMainInvokeEvent } from "electron";
import { isPageAddress } from "./channels.ts";

export type Answer = (payload: unknown) => Promise<unknown>;

/** Registers `answer` for calls of our own page's main frame; any other call rejects. */
export function route(ipcMain: Pick<IpcMain, "handle">, channel: string, answer: Answer): void {
  ipcMain.handle(channel, (event, payload: unknown) => {
    // Read before anything is awaited: a frame that has gone meanwhile reads as null.
    if (!isOwnPage(event.senderFrame)) throw new Error("Refused.");
    return answer(payload);
  });
}

const isOwnPage = (frame: IpcMainInvokeEvent["senderFrame"]): boolean =>
  frame?.parent === null && isPageAddress(frame.url);
