/** What keys do on a chart that has the focus. */
import { indexNear } from "./nearest.ts";

export type ChartKey =
  | { kind: "move"; by: number }
  | { kind: "pan"; share: number }
  | { kind: "zoom"; factor: number }
  | { kind: "all" };

/** Null for keys that mean nothing here. */
export function keyOf({ key, shiftKey }: { key: string; shiftKey: boolean }): ChartKey | null {
  switch (key) {
    case "ArrowLeft":
    case "ArrowRight": {
      const way = key === "ArrowLeft" ? -1 : 1;
      return shiftKey ? { kind: "pan", share: way / 4 } : { kind: "move", by: way };
    }
    case "PageDown":
    case "PageUp":
      return { kind: "move", by: key === "PageDown" ? -20 : 20 };
    case "Home":
    case "End":
      return { kind: "move", by: key === "Home" ? -Infinity : Infinity };
    case "+":
    case "=":
      return { kind: "zoom", factor: 0.5 };
    case "-":
      return { kind: "zoom", factor: 2 };
    case "0":
    case "Escape":
      return { kind: "all" };
    default:
      return null;
  }
}

/** The step `by` places from the one nearest to `step` (null: the last); null where there are none. */
export function stepBeside(
  points: readonly { x: number }[],
  step: number | null,
  by: number,
): number | null {
  const steps = points.map(({ x }) => x);
  const last = steps.length - 1;
  // The first key press shows the newest figures, whichever way it points.
  const place = step === null ? (by === -Infinity ? 0 : last) : indexNear(steps, step) + by;
  return steps[Math.min(last, Math.max(0, place))] ?? null;
}
