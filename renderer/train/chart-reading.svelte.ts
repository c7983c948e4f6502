/**
 * How the charts of a run are read: at which step, which stretch, how smooth, on which scale. All charts
 * share it, so that what is seen in one is found in the others. All but the step outlasts a reload.
 */
import * as v from "valibot";
import { keep, recall } from "../shared/kept.ts";
import type { Span } from "../shared/span.ts";

const scales = ["linear", "logarithmic"] as const;
export type Scale = (typeof scales)[number];

const keptSchema = v.strictObject({
  span: v.nullable(v.strictObject({ from: v.number(), to: v.number() })),
  smoothing: v.pipe(v.number(), v.minValue(0), v.maxValue(0.98)),
  scale: v.picklist(scales),
});

export class ChartReading {
  /** The step that the pointer is at. */
  marker = $state.raw<number | null>(null);
  /** Null: the whole run. */
  span: Span | null;
  /** From 0 to below 1, see `smoothed`. */
  smoothing: number;
  scale: Scale;
  #name: string;

  constructor(run: string) {
    this.#name = `charts ${run}`;
    const kept = recall(this.#name, keptSchema);
    this.span = $state.raw(kept?.span ?? null);
    this.smoothing = $state.raw(kept?.smoothing ?? 0.8);
    this.scale = $state.raw(kept?.scale ?? "linear");
  }

  /** Keeps it as it is now. */
  keep(): void {
    const { span, smoothing, scale } = this;
    keep(this.#name, { span, smoothing, scale });
  }
}
