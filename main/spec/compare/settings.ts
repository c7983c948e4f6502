/**
 * Which settings differ between several values that are plain JSON, path by path. Leaves out what a
 * difference means; layers are compared in `architecture.ts`.
 */
import type { Specification } from "../specification.ts";

type Leaf = string | number | boolean | null;

export interface Difference {
  /** `optimizers.generator.learningRate`, `regularizers[0].weight`. */
  path: string;
  /** In the order of what was compared; undefined where there is no such setting. */
  values: (Leaf | undefined)[];
}

/** The settings at which not all of `values` agree, in the order in which they first appear. */
export function differencesOf(values: readonly unknown[]): Difference[] {
  const all = values.map((value) => new Map(leavesOf(value, "")));
  const paths = new Set(all.flatMap((leaves) => [...leaves.keys()]));
  return [...paths]
    .map((path) => ({ path, values: all.map((leaves) => leaves.get(path)) }))
    .filter((difference) => new Set(difference.values).size > 1);
}

/** The same of whole specifications, without their layers and the version of the format. */
export const settingsThatDiffer = (specifications: readonly Specification[]): Difference[] =>
  differencesOf(
    specifications.map(({ version: _, generator: _g, discriminator: _d, ...settings }) => settings),
  );

/** A list of plain values is one leaf; an empty list is none, so that «has none» shows as missing. */
function leavesOf(value: unknown, path: string): [string, Leaf][] {
  if (Array.isArray(value)) {
    const items: unknown[] = value;
    if (items.length === 0) return [];
    if (items.every(isLeaf)) return [[path, items.map(String).join(", ")]];
    return items.flatMap((item, place) => leavesOf(item, `${path}[${place.toString()}]`));
  }
  if (isLeaf(value)) return [[path, value]];
  if (typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) =>
    leavesOf(item, path === "" ? key : `${path}.${key}`),
  );
}

const isLeaf = (value: unknown): value is Leaf =>
  value === null || ["string", "number", "boolean"].includes(typeof value);

/** As people read it; a dash for what is not there. */
export function settingText(value: Leaf | undefined): string {
  if (value === undefined) return "–";
  if (value === null) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  return String(value);
}
