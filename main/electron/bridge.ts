/** The contract over Electron's channels: commands in, answers out, events to every open window. */
import type { IpcMain, WebContents } from "electron";
import * as v from "valibot";
import type { Api } from "../api/api.ts";
import { eventNames } from "../contract/events.ts";
import { Problem, reportOf } from "../spec/problem.ts";
import { eventChannel, invokeChannel, type Reply } from "./channels.ts";
import { route } from "./route.ts";

const invocationSchema = v.strictObject({ command: v.string(), payload: v.unknown() });

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
  route(ipcMain, invokeChannel, async (message): Promise<Reply> => {
    try {
      const asked = v.safeParse(invocationSchema, message);
      if (!asked.success) throw new Problem("usage", "A command is sent as {command, payload}.");
      return { result: await api.dispatch(asked.output.command, asked.output.payload) };
    } catch (thrown) {
      if (!(thrown instanceof Problem)) onInternalError(thrown);
      return { error: reportOf(thrown) };
    }
  });

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
