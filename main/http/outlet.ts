/**
 * One page's stream of events. A page that reads slowly must cost neither memory nor speed: above the
 * soft limit progress is held back and merged, so no measurement is lost; above the hard limit, or
 * when too much is held back, the connection is closed and the page asks for all of it again.
 */
import type { EventName, Events } from "../contract/events.ts";
import { measures, type Measurements, type Progress } from "../contract/runs.ts";
import { encode } from "../contract/wire.ts";

/** The part of a WebSocket that is used. */
export interface Socket {
  readonly bufferedAmount: number;
  send(text: string, sent: () => void): void;
  close(code: number, reason: string): void;
}

export interface Outlet {
  /** `text` is the event in the wire encoding, made once for all pages. */
  offer<Name extends EventName>(event: Name, detail: Events[Name], text: string): void;
}

export interface OutletLimits {
  /** Bytes that wait in the socket from which on progress is held back. */
  soft: number;
  /** Bytes at which the connection is given up. */
  hard: number;
  /** Measured steps that are held back at most. */
  held: number;
}

const outletLimits: OutletLimits = {
  soft: 1024 * 1024,
  hard: 8 * 1024 * 1024,
  held: 100_000,
};

/** «Try again later»: the page connects anew and fetches what it missed. */
const tryAgainLater = 1013;

function joined(earlier: Measurements, later: Measurements): Measurements {
  const values = { ...later.values };
  for (const measure of measures) {
    values[measure] = [...earlier.values[measure], ...later.values[measure]];
  }
  return { steps: [...earlier.steps, ...later.steps], values };
}

/** The later of two reports on one run, with the measurements of both. */
export const mergeProgress = (earlier: Progress, later: Progress): Progress => ({
  ...later,
  measurements: joined(earlier.measurements, later.measurements),
});

export function createOutlet(socket: Socket, limits: OutletLimits = outletLimits): Outlet {
  const held = new Map<string, Progress>();
  let closed = false;

  function give(text: string): void {
    if (closed) return;
    if (socket.bufferedAmount > limits.hard) {
      closed = true;
      held.clear();
      socket.close(tryAgainLater, "too slow");
      return;
    }
    socket.send(text, release);
  }

  function release(): void {
    for (const [id, detail] of held) {
      if (closed || socket.bufferedAmount > limits.soft) return;
      held.delete(id);
      give(encode({ event: "run.progress", detail }));
    }
  }

  function hold(progress: Progress): void {
    const earlier = held.get(progress.id);
    const merged = earlier ? mergeProgress(earlier, progress) : progress;
    held.set(progress.id, merged);
    if (merged.measurements.steps.length <= limits.held) return;
    closed = true;
    held.clear();
    socket.close(tryAgainLater, "too slow");
  }

  return {
    offer(event, detail, text) {
      if (closed) return;
      release();
      if (event !== "run.progress") give(text);
      else if (held.has((detail as Progress).id) || socket.bufferedAmount > limits.soft)
        hold(detail as Progress);
      else give(text);
    },
  };
}
