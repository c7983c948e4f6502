/**
 * Files and folders that came to the page by dropping them on it or by opening them in the system.
 * They wait here until their screen takes them: run files go to Import, all else to Data.
 */
import type { Notices } from "../shared/notices.svelte.ts";
import type { Dropped } from "../datasets/dropped.ts";
import { addresses } from "./routing.ts";

export class Arrivals {
  #bundle = $state.raw<string | null>(null);
  #data = $state.raw<string | null>(null);

  /** Brings a path to its screen. */
  bring(path: string, goTo: (address: string) => void): void {
    if (/\.ganrun$/i.test(path)) {
      this.#bundle = path;
      goTo(addresses.runs);
    } else {
      this.#data = path;
      goTo(addresses.data);
    }
  }

  /** A run file that waits, once; null where none does. */
  takeBundle(): string | null {
    const path = this.#bundle;
    if (path !== null) this.#bundle = null;
    return path;
  }

  /** A file or folder of data that waits, once; null where none does. */
  takeData(): string | null {
    const path = this.#data;
    if (path !== null) this.#data = null;
    return path;
  }
}

/** What was dropped goes to its screen, or a sentence says why not. */
export function receive(
  dropped: Dropped,
  arrivals: Arrivals,
  notices: Notices,
  goTo: (address: string) => void,
): void {
  if (dropped?.kind === "path") arrivals.bring(dropped.path, goTo);
  else if (dropped) notices.show({ tone: "warn", title: "Not added", text: dropped.text });
}
