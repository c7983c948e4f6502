/** The page's side of the bridge. It hands the page neither `ipcRenderer` nor an event object. */
import type { IpcRenderer } from "electron";
import {
  desktopChannel,
  eventChannel,
  invokeChannel,
  wishChannel,
  type Announcement,
  type Reply,
} from "./channels.ts";

export interface PageBridge {
  invoke: (command: string, payload: unknown) => Promise<Reply>;
  /** Returns the function that ends the subscription. */
  subscribe: (event: string, listener: (detail: unknown) => void) => () => void;
  /** Asks something of the window; see main/contract/desktop.ts. */
  ask: (command: string, payload: unknown) => Promise<Reply>;
  /** Calls the listener when something is wished of the page; returns the end of it. */
  onWish: (listener: () => void) => () => void;
}

export interface KnownNames {
  commands: readonly string[];
  events: readonly string[];
  desktop: readonly string[];
}

export function createPageBridge(
  ipcRenderer: Pick<IpcRenderer, "invoke" | "on">,
  names: KnownNames,
): PageBridge {
  const listeners = new Map<string, Set<(detail: unknown) => void>>(
    names.events.map((event) => [event, new Set()]),
  );
  const wishListeners = new Set<(detail: unknown) => void>();
  // One listener for all: what the page subscribes and forgets cannot pile up here.
  ipcRenderer.on(eventChannel, (_event, { event, detail }: Announcement) => {
    for (const listener of listeners.get(event) ?? []) listener(detail);
  });
  ipcRenderer.on(wishChannel, () => {
    for (const listener of wishListeners) listener(undefined);
  });
  const call =
    (channel: string, known: readonly string[]) =>
    (command: string, payload: unknown): Promise<Reply> => {
      if (known.includes(command))
        return ipcRenderer.invoke(channel, { command, payload }) as Promise<Reply>;
      const message = `There is no command «${command}».`;
      return Promise.resolve({ error: { code: "usage", message } });
    };
  return {
    invoke: call(invokeChannel, names.commands),
    subscribe(event, listener) {
      const known = listeners.get(event);
      if (!known) throw new Error(`There is no event «${event}».`);
      return subscribed(known, listener);
    },
    ask: call(desktopChannel, names.desktop),
    onWish: (listener) =>
      subscribed(wishListeners, () => {
        listener();
      }),
  };
}

/** A page may subscribe one function twice; each subscription ends by itself. */
function subscribed(
  listeners: Set<(detail: unknown) => void>,
  listener: (detail: unknown) => void,
): () => void {
  const own = (detail: unknown) => {
    listener(detail);
  };
  listeners.add(own);
  return () => {
    listeners.delete(own);
  };
}
