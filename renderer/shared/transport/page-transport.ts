/**
 * What the page needs of a transport beyond the contract's: whether anyone is at the other end. The
 * kinds are HTTP with a WebSocket (browser mode) and the bridge of the desktop app.
 */
import type { Transport } from "../../../main/contract/transport.ts";
import type { Desktop } from "./desktop.ts";

/** `refused`: the server is there, but this browser has no right to ask it. */
export type ConnectionState = "connecting" | "connected" | "lost" | "refused";

export interface PageTransport extends Transport {
  /** Calls `listener` at once with the present state, then at each change; returns the stop. */
  watchConnection(listener: (state: ConnectionState) => void): () => void;
  /** Where a dropped file lies, "" for what lies in none; absent where that cannot be known. */
  pathOf?: (file: File) => string;
  /** The desktop app's window; absent in a browser. */
  desktop?: Desktop;
}

/** A value that tells its watchers when it changes. */
export interface Watched<Value> {
  get: () => Value;
  set: (next: Value) => void;
  watch: (listener: (value: Value) => void) => () => void;
}

/** `watch` calls its listener at once, and returns the stop. */
export function watched<Value>(initial: Value): Watched<Value> {
  let value = initial;
  const listeners = new Set<(value: Value) => void>();
  return {
    get: () => value,
    set(next: Value): void {
      if (next === value) return;
      value = next;
      for (const listener of [...listeners]) listener(value);
    },
    watch(listener: (value: Value) => void): () => void {
      listeners.add(listener);
      listener(value);
      return () => listeners.delete(listener);
    },
  };
}
