/**
 * What is looked at in a generator (checkpoint, samples, their order, the tool), and how an address tells
 * it: only what differs from the usual. Nonsense in an address is left out.
 */
import type { Order } from "./explored-image.ts";

const tools = ["walk", "sliders", "nearest", "search"] as const;
export type Tool = (typeof tools)[number];

const orders = ["drawn", "best", "worst"] as const satisfies readonly Order[];

export interface SampleSettings {
  seed: number | null;
  /** Null: as many as suit the classes. */
  count: number | null;
  /** Null: each class in turn. */
  label: number | null;
  /** Null: none. */
  truncation: number | null;
}

/** Six rows of all classes, where they fit side by side. */
export const usualCount = (classes: number): number =>
  classes > 0 && classes <= 16 ? classes * 6 : 64;

/** Why such samples cannot be drawn; null where they can. */
export function problemOf({ seed, count }: SampleSettings): string | null {
  const isWhole = (value: number | null, least: number, most: number) =>
    value !== null && Number.isInteger(value) && value >= least && value <= most;
  if (!isWhole(seed, 0, 0x7fffffff)) return "The seed is a whole number from 0 to 2,147,483,647.";
  return isWhole(count, 1, 256) ? null : "From 1 to 256 images can be drawn at a time.";
}

export interface Look extends SampleSettings {
  /** The checkpoint's; null for the newest. */
  step: number | null;
  order: Order;
  tool: Tool;
}

export const usualLook: Look = {
  ...{ step: null, seed: 1, count: null, label: null, truncation: null },
  ...{ order: "drawn", tool: "walk" },
};

export function lookOf(query: URLSearchParams): Look {
  const number = (name: string, least: number, most: number, isWhole = true): number | null => {
    const value = Number(query.get(name) ?? Number.NaN);
    const fits = value >= least && value <= most && (!isWhole || Number.isInteger(value));
    return fits ? value : null;
  };
  return {
    step: number("step", 0, Number.MAX_SAFE_INTEGER),
    seed: number("seed", 0, 0x7fffffff) ?? usualLook.seed,
    count: number("images", 1, 256),
    label: number("class", 0, 255),
    truncation: number("truncation", 0.1, 10, false),
    order: orders.find((order) => order === query.get("order")) ?? usualLook.order,
    tool: tools.find((tool) => tool === query.get("tool")) ?? usualLook.tool,
  };
}

export function wordsOf(look: Look): Record<string, string> {
  const { step, seed, count, label, truncation, order, tool } = look;
  return {
    ...(step !== null && { step: step.toString() }),
    ...(seed !== null && seed !== usualLook.seed && { seed: seed.toString() }),
    ...(count !== null && { images: count.toString() }),
    ...(label !== null && { class: label.toString() }),
    ...(truncation !== null && { truncation: truncation.toString() }),
    ...(order !== usualLook.order && { order }),
    ...(tool !== usualLook.tool && { tool }),
  };
}
