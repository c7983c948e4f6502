/**
 * Where the window was and how large: kept when it is moved, used when it opens again. A place that
 * lies on no screen any more (a monitor was taken away) is not used, its size is.
 */
import type { BrowserWindow, Rectangle } from "electron";
import * as v from "valibot";
import { reportOf } from "../spec/problem.ts";
import type { Document } from "./documents.ts";

const pixels = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000));

export const windowStateSchema = v.object({
  x: pixels,
  y: pixels,
  width: v.pipe(pixels, v.minValue(1)),
  height: v.pipe(pixels, v.minValue(1)),
  maximized: v.boolean(),
});
export type WindowState = v.InferOutput<typeof windowStateSchema>;

export const leastSize = { width: 960, height: 600 };
const usualSize = { width: 1280, height: 800 };

/** So much of the window's upper edge must be on a screen for it to be found and dragged. */
const least = { width: 120, height: 40 };

/** What fits the present screens: without a place, the system chooses one. */
export interface Placement {
  width: number;
  height: number;
  x?: number;
  y?: number;
  maximized: boolean;
}

/** `workAreas` are the parts of the screens that windows may cover. */
export function placeWindow(kept: WindowState | null, workAreas: readonly Rectangle[]): Placement {
  if (!kept) return { ...usualSize, maximized: false };
  const largest = (of: "width" | "height") => Math.max(...workAreas.map((area) => area[of]));
  const within = (of: "width" | "height") =>
    Math.max(leastSize[of], Math.min(kept[of], workAreas.length > 0 ? largest(of) : kept[of]));
  const size = { width: within("width"), height: within("height") };
  const { x, y, maximized } = kept;
  const top = { x, y, width: size.width, height: least.height };
  const isReachable = workAreas.some((area) => {
    const across = Math.min(top.x + top.width, area.x + area.width) - Math.max(top.x, area.x);
    return across >= least.width && y >= area.y && y + least.height <= area.y + area.height;
  });
  return { ...size, ...(isReachable && { x, y }), maximized };
}

type Kept = Pick<
  BrowserWindow,
  "on" | "getNormalBounds" | "isMaximized" | "isFullScreen" | "isDestroyed"
>;

/** Milliseconds after the last movement, of which one drag has hundreds. */
const settleMilliseconds = 500;

/** Keeps the place of a window from now on, and when it closes. */
export function keepWindowState(window: Kept, document: Document<WindowState>): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const keep = () => {
    clearTimeout(timer);
    // Full screen is left behind at the end; what lies beneath is what comes back.
    if (window.isDestroyed() || window.isFullScreen()) return;
    const { x, y, width, height } = window.getNormalBounds();
    try {
      document.write({ x, y, width, height, maximized: window.isMaximized() });
    } catch (thrown) {
      // A full disk must keep no window from closing.
      console.error(reportOf(thrown).message);
    }
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, settleMilliseconds);
  };
  window.on("resize", later);
  window.on("move", later);
  window.on("maximize", later);
  window.on("unmaximize", later);
  window.on("close", keep);
}
