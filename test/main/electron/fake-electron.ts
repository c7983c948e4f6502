/**
 * A hand-written stand-in for the parts of Electron that the shell is given. Only what is used is
 * there, so that a new use is a missing member and not a silent nothing.
 */
import { EventEmitter } from "node:events";
import type { ForkOptions, IpcMain, IpcMainInvokeEvent, UtilityProcess } from "electron";

type Listener = (event: IpcMainInvokeEvent, payload: unknown) => unknown;

export interface Frame {
  url: string;
  parent: object | null;
}

export const ownFrame: Frame = { url: "app://studio/index.html#/runs", parent: null };

/** `ask` is a call of a page's; it rejects as the page would see it. */
export function createFakeIpc() {
  const listeners = new Map<string, Listener>();
  const ipcMain: Pick<IpcMain, "handle"> = {
    handle(channel, listener) {
      if (listeners.has(channel)) throw new Error(`${channel} has a handler already.`);
      listeners.set(channel, listener);
    },
  };
  const ask = async (channel: string, payload: unknown, frame: Frame | null = ownFrame) => {
    const listener = listeners.get(channel);
    if (!listener) throw new Error(`No handler for ${channel}.`);
    const event = { senderFrame: frame } as unknown as IpcMainInvokeEvent;
    const result: unknown = await listener(event, structuredClone(payload));
    return structuredClone(result);
  };
  return { ipcMain, ask, channels: () => [...listeners.keys()] };
}

export class FakeUtilityProcess extends EventEmitter {
  pid: number | undefined = undefined;
  readonly stderr = new EventEmitter();
  readonly posted: unknown[] = [];
  kills = 0;
  ended = false;
  readonly path: string;
  readonly options: ForkOptions;

  constructor(path: string, options: ForkOptions) {
    super();
    this.path = path;
    this.options = options;
  }

  spawn(): void {
    this.pid = 4711;
    this.emit("spawn");
  }

  postMessage(message: unknown): void {
    if (this.ended) throw new Error("Posting to a dead process brings Electron down.");
    this.posted.push(structuredClone(message));
  }

  kill(): boolean {
    if (this.pid === undefined) return false;
    this.kills++;
    return true;
  }

  exit(status: number): void {
    this.ended = true;
    this.pid = undefined;
    this.emit("exit", status);
  }

  asElectrons(): UtilityProcess {
    return this as unknown as UtilityProcess;
  }
}
