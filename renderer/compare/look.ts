/**
 * How a comparison is looked at: what its places count, which place, and how two runs are laid side by
 * side; and how an address tells it. Only what differs from the usual is told.
 */
import type { Axis } from "../../main/contract/compare/position.ts";

const axes = ["epoch", "step", "images"] as const satisfies readonly Axis[];
const views = ["side", "swipe", "difference"] as const;
export type View = (typeof views)[number];

export interface Look {
  axis: Axis;
  /** On the axis; null follows the newest. */
  place: number | null;
  view: View;
}

export const usualLook: Look = { axis: "epoch", place: null, view: "side" };

export function lookOf(query: URLSearchParams): Look {
  const place = Number(query.get("at") ?? Number.NaN);
  return {
    axis: axes.find((axis) => axis === query.get("by")) ?? usualLook.axis,
    place: Number.isFinite(place) && place >= 0 ? place : null,
    view: views.find((view) => view === query.get("view")) ?? usualLook.view,
  };
}

export const wordsOf = ({ axis, place, view }: Look): Record<string, string> => ({
  ...(axis !== usualLook.axis && { by: axis }),
  ...(place !== null && { at: place.toString() }),
  ...(view !== usualLook.view && { view }),
});
