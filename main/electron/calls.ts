/** Calls of one channel as commands with payloads; every error is answered as data with its code. */
import type { IpcMain } from "electron";
import * as v from "valibot";
import { Problem, reportOf } from "../spec/problem.ts";
import type { Reply } from "./channels.ts";
import { route } from "./route.ts";

const callSchema = v.strictObject({ command: v.string(), payload: v.unknown() });

export interface Calls {
  ipcMain: Pick<IpcMain, "handle">;
  channel: string;
  /** Rejects with a `Problem`; the names and payloads are whatever the page sent. */
  dispatch: (command: string, payload: unknown) => Promise<unknown>;
  /** Told of errors that are no `Problem`. */
  onInternalError: (thrown: unknown) => void;
}

export function answerCalls({ ipcMain, channel, dispatch, onInternalError }: Calls): void {
  route(ipcMain, channel, async (message): Promise<Reply> => {
    try {
      const asked = v.safeParse(callSchema, message);
      if (!asked.success) throw new Problem("usage", "A command is sent as {command, payload}.");
      return { result: await dispatch(asked.output.command, asked.output.payload) };
    } catch (thrown) {
      if (!(thrown instanceof Problem)) onInternalError(thrown);
      return { error: reportOf(thrown) };
    }
  });
}
