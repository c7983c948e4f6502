/** The contract over Electron's channels: commands in, answers out, events to every open window. */
import type { IpcMain, WebContents } from "electron";
import type { Api } from "../api/api.ts";
import { eventNames } from "../contract/events.ts";
import { answerCalls } from "./calls.ts";
import { eventChannel, invokeChannel } from "./channels.ts";

export interface Bridge {
  ipcMain: Pick<IpcMain, "handle">;
  api: Pick<Api, "dispatch" | "subscribe">;
  /** The pages that are open now. */
  pages: () => readonly Pick<WebContents, "send" | "isDestroyed">[];
  /** Told of errors that are no `Problem`. */
  onInternalError: (thrown: unknown) => void;
}

/** Returns the function that ends the events. */
export function connectBridge({ ipcMain, api, pages, onInternalError }: Bridge): () => void {
  const { dispatch } = api;
  answerCalls({ ipcMain, channel: invokeChannel, dispatch, onInternalError });
  const stops = eventNames.map((event) =>
    api.subscribe(event, (detail) => {
      for (const page of pages())
        if (!page.isDestroyed()) page.send(eventChannel, { event, detail });
    }),
  );
  return () => {
    for (const stop of stops) stop();
  };
}
