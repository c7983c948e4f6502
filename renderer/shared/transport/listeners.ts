/** Who listens to which event; one table for every kind of transport. */
import { eventNames, type EventName, type Events } from "../../../main/contract/events.ts";

type Listener = (detail: never) => void;

export interface Listeners {
  subscribe: <Name extends EventName>(
    event: Name,
    listener: (detail: Events[Name]) => void,
  ) => () => void;
  /** Hands an event that came from outside to its listeners; unknown events are dropped. */
  announce: (event: unknown, detail: unknown) => void;
}

export function createListeners(): Listeners {
  const table = new Map<string, Set<Listener>>(eventNames.map((name) => [name, new Set()]));
  return {
    subscribe(event, listener) {
      // A wrapper of its own, so that the same function subscribed twice is two subscriptions.
      const entry: Listener = (detail) => {
        listener(detail);
      };
      table.get(event)?.add(entry);
      return () => table.get(event)?.delete(entry);
    },
    announce(event, detail) {
      if (typeof event !== "string") return;
      for (const listener of [...(table.get(event) ?? [])]) listener(detail as never);
    },
  };
}
