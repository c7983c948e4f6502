/**
 * What runs in the page: the preload file in a world of its own, as in Electron, and the bridge by
 * which it hands the page's world something. Worlds share the document and nothing else; an event's
 * detail is cloned on its way, and dispatching is synchronous, so calls answer at once. Each function
 * is sent as source and uses nothing from outside itself.
 */
import type { Wire } from "./wire.ts";

export interface Worlds {
  /** Makes `value` known under `name` in the other world. */
  expose(name: string, value: unknown): void;
}

/** Functions and promises cross as numbers and stay where they are; all else is cloned. */
export function connectWorlds(own: string, other: string): Worlds {
  interface Message {
    call?: number;
    values: unknown[];
    exposed?: string;
  }
  const { document } = globalThis as unknown as { document: EventTarget };
  const held = new Map<number, (...values: unknown[]) => unknown>();
  // The event that answers a call arrives while the call is being dispatched.
  const answer: { values: unknown[] } = { values: [] };
  let next = 0;
  const hold = (value: (...values: unknown[]) => unknown): number => {
    held.set(++next, value);
    return next;
  };
  const pack = (value: unknown): unknown => {
    if (typeof value === "function")
      return { $function: hold(value as (...values: unknown[]) => unknown) };
    if (value instanceof Promise) {
      return {
        $promise: hold((done, failed) => {
          value.then(done as () => void, (thrown: unknown) => {
            (failed as (message: string) => void)(
              thrown instanceof Error ? thrown.message : String(thrown),
            );
          });
        }),
      };
    }
    if (Array.isArray(value)) return value.map(pack);
    if (
      value !== null &&
      typeof value === "object" &&
      Object.getPrototypeOf(value) === Object.prototype
    )
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pack(item)]));
    return value;
  };
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(unpack);
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
    const { $function: id, $promise: promise } = value as Record<string, number>;
    if (id !== undefined) return (...values: unknown[]) => call(id, values);
    if (promise !== undefined) {
      return new Promise((done, failed) => {
        call(promise, [
          done,
          (message: string) => {
            failed(new Error(message));
          },
        ]);
      });
    }
    if (Object.prototype.toString.call(value) !== "[object Object]") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unpack(item)]));
  };
  const send = (message: Message) =>
    document.dispatchEvent(new CustomEvent(`electron-stand-in:${other}`, { detail: message }));
  const call = (id: number, values: unknown[]): unknown => {
    answer.values = [];
    send({ call: id, values: values.map(pack) });
    const [result, error] = answer.values;
    if (error !== undefined) throw new Error(error as string);
    return unpack(result);
  };
  const frozen = (value: unknown): unknown => {
    if (value !== null && typeof value === "object") Object.values(value).forEach(frozen);
    return Object.freeze(value);
  };
  document.addEventListener(`electron-stand-in:${own}`, (event) => {
    const message = (event as CustomEvent<Message | { answer: unknown[] }>).detail;
    if ("answer" in message) {
      answer.values = message.answer;
      return;
    }
    const values = message.values.map(unpack);
    if (message.exposed !== undefined) {
      const value = frozen(values[0]);
      Object.defineProperty(globalThis, message.exposed, { value, enumerable: true });
      return;
    }
    let told: unknown[];
    try {
      told = [pack(held.get(message.call ?? 0)?.(...values))];
    } catch (thrown) {
      told = [undefined, thrown instanceof Error ? thrown.message : String(thrown)];
    }
    document.dispatchEvent(
      new CustomEvent(`electron-stand-in:${other}`, { detail: { answer: told } }),
    );
  });
  return {
    expose(name, value) {
      send({ exposed: name, values: [pack(value)] });
    },
  };
}

/** What a sandboxed preload finds: `require("electron")` and nothing else. */
export function runPreload(
  wire: Wire,
  worlds: Worlds,
  preload: (require: (name: string) => unknown, module: { exports: object }) => void,
): void {
  type Listener = (event: object, ...values: unknown[]) => void;
  interface Message {
    call?: number;
    error?: string;
    result?: unknown;
    channel?: string;
    values?: unknown[];
    files?: Record<string, string>;
  }
  const world = globalThis as unknown as {
    electronStandInSend: (text: string) => void;
    electronStandInReceive: (text: string) => void;
  };
  const waiting = new Map<number, { done: (value: unknown) => void; failed: (e: Error) => void }>();
  const listeners = new Map<string, Listener[]>();
  const places = new Map<string, string>();
  let next = 0;
  world.electronStandInReceive = (text) => {
    const { call, error, result, channel, values = [], files } = wire.decode(text) as Message;
    if (files) {
      for (const [name, path] of Object.entries(files)) places.set(name, path);
      return;
    }
    if (channel !== undefined) {
      for (const listener of listeners.get(channel) ?? []) listener({}, ...values);
      return;
    }
    const caller = waiting.get(call ?? 0);
    waiting.delete(call ?? 0);
    if (error === undefined) caller?.done(result);
    else caller?.failed(new Error(error));
  };
  const electron = {
    contextBridge: {
      exposeInMainWorld: (name: string, value: unknown) => {
        worlds.expose(name, value);
      },
    },
    ipcRenderer: {
      invoke: (channel: string, ...values: unknown[]) =>
        new Promise((done, failed) => {
          waiting.set(++next, { done, failed });
          world.electronStandInSend(wire.encode({ call: next, channel, values }));
        }),
      on: (channel: string, listener: Listener) => {
        listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
      },
    },
    // A file that a test makes has no place on the disk but the one that the test gave it.
    webUtils: { getPathForFile: ({ name }: { name: string }) => places.get(name) ?? "" },
  };
  preload(
    (name) => {
      if (name === "electron") return electron;
      throw new Error(`module not found: ${name}`);
    },
    { exports: {} },
  );
}
