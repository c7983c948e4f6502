/** The page's side of the bridge. It hands the page neither `ipcRenderer` nor an event object. */
import type { IpcRenderer } from "electron";
import { eventChannel, invokeChannel, type Announcement, type Reply } from "./channels.ts";

export interface PageBridge {
  invoke: (command: string, payload: unknown) => Promise<Reply>;
  /** Returns the function that ends the subscription. */
  subscribe: (event: string, listener: (detail: unknown) => void) => () => void;
}

export interface KnownNames {
  commands: readonly string[];
  events: readonly string[];
}

export function createPageBridge(
  ipcRenderer: Pick<IpcRenderer, "invoke" | "on">,
  names: KnownNames,
): PageBridge {
  const listeners = new Map<string, Set<(detail: unknown) => void>>(
    names.events.map((event) => [event, new Set()]),
  );
  // One listener for all: what the page subscribes and forgets cannot pile up here.
  ipcRenderer.on(eventChannel, (_event, { event, detail }: Announcement) => {
    for (const listener of listeners.get(event) ?? []) listener(detail);
  });
  return {
    invoke(command, payload) {
      if (names.commands.includes(command))
        return ipcRenderer.invoke(invokeChannel, { command, payload }) as Promise<Reply>;
      const message = `There is no command «${command}».`;
      return Promise.resolve({ error: { code: "usage", message } });
    },
    subscribe(event, listener) {
      const known = listeners.get(event);
      if (!known) throw new Error(`There is no event «${event}».`);
      // A page may subscribe one function twice; each subscription ends by itself.
      const own = (detail: unknown) => {
        listener(detail);
      };
      known.add(own);
      return () => {
        known.delete(own);
      };
    },
  };
}
