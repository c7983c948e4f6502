/**
 * How the charts of a run are read: at which step, which stretch, how smooth, on which scale. All charts
 * share it, so that what is seen in one is found in the others.
 */
import type { Span } from "../shared/span.ts";

export type Scale = "linear" | "logarithmic";

export class ChartReading {
  /** The step that the pointer is at. */
  marker = $state.raw<number | null>(null);
  /** Null: the whole run. */
  span = $state.raw<Span | null>(null);
  /** From 0 to below 1, see `smoothed`. */
  smoothing = $state.raw(0.8);
  scale = $state.raw<Scale>("linear");
}
