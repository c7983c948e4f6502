/** Listeners by event: the api's half of `subscribe`. */
import type { EventName, Events } from "../contract/events.ts";

export interface Announcer {
  announce: <Name extends EventName>(event: Name, detail: Events[Name]) => void;
  subscribe: <Name extends EventName>(
    event: Name,
    listener: (detail: Events[Name]) => void,
  ) => () => void;
}

export function createAnnouncer(): Announcer {
  const listeners = new Map<EventName, Set<(detail: never) => void>>();
  return {
    announce(event, detail) {
      // A copy: a listener may end its own subscription while it is told.
      for (const listener of [...(listeners.get(event) ?? [])]) {
        try {
          listener(detail as never);
        } catch (thrown) {
          // One listener's fault must not keep the others, or the commit that announces, from going on.
          console.error(thrown);
        }
      }
    },
    subscribe(event, listener) {
      const of = listeners.get(event) ?? new Set();
      listeners.set(event, of);
      of.add(listener);
      return () => of.delete(listener);
    },
  };
}
