/**
 * What is wished of the page, kept until the page fetches it: a file may be opened before there is a
 * page, and a page that crashed asks anew when it is back.
 */
import type { Wish } from "../contract/desktop.ts";

/** More are of no use to anyone; the oldest are forgotten. */
const most = 20;

export interface Wishes {
  add: (wish: Wish) => void;
  /** All that wait, oldest first; they wait no longer. */
  take: () => Wish[];
  /** Called when there is something to take, also for what waits already. */
  onWaiting: (listener: () => void) => void;
}

export function createWishes(): Wishes {
  let waiting: Wish[] = [];
  const listeners: (() => void)[] = [];
  return {
    add(wish) {
      waiting = [...waiting, wish].slice(-most);
      for (const listener of listeners) listener();
    },
    take() {
      const taken = waiting;
      waiting = [];
      return taken;
    },
    onWaiting(listener) {
      listeners.push(listener);
      if (waiting.length > 0) listener();
    },
  };
}
