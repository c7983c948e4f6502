/**
 * Networks side by side: layers that correspond stand in one row, so that an inserted layer does not
 * make all layers after it look changed. Pairs are aligned as in Needleman and Wunsch 1970; further
 * networks join the rows that are there one after the other, which is not always the best over all.
 */
import type { Layer } from "../layers.ts";
import type { Network } from "../network.ts";
import { differencesOf, type Difference } from "./settings.ts";

export interface LayerRow {
  /** One a network; null where it has no such layer. */
  layers: (Layer | null)[];
  /** Whether every network has this very layer. */
  same: boolean;
  /** Parameters in which the layers of the row differ; empty where one is missing. */
  changes: Difference[];
}

type Row = (Layer | null)[];

/** The networks' layers in their order, one row for those that correspond. */
export function alignedLayers(networks: readonly Network[]): LayerRow[] {
  let rows: Row[] = [];
  for (const [place, { layers }] of networks.entries()) rows = joined(rows, layers, place);
  return rows.map((layers) => {
    const same = layers.every((layer) => likeness(layer, layers[0] ?? null) === identical);
    const changes = same || layers.includes(null) ? [] : differencesOf(layers);
    return { layers, same, changes };
  });
}

export const sameArchitecture = (rows: readonly LayerRow[]): boolean =>
  rows.every(({ same }) => same);

const identical = 5;
const ofOneKind = 2;

/** How much is gained by putting both into one row; 0: they may not. */
function likeness(a: Layer | null, b: Layer | null): number {
  if (a?.kind !== b?.kind || a === null) return 0;
  return JSON.stringify(a) === JSON.stringify(b) ? identical : ofOneKind;
}

/** `rows` hold `place` networks so far; the result holds one more. */
function joined(rows: readonly Row[], layers: readonly Layer[], place: number): Row[] {
  const alike = rows.map((row) =>
    layers.map((layer) => Math.max(0, ...row.map((other) => likeness(other, layer)))),
  );
  const best = bestFrom(alike, rows.length, layers.length);
  const at = (row: number, layer: number) => best[row]?.[layer] ?? 0;
  const result: Row[] = [];
  let row = 0;
  let layer = 0;
  while (row < rows.length || layer < layers.length) {
    const gain = alike[row]?.[layer] ?? 0;
    const known = rows[row];
    const added = layers[layer];
    if (known && added && gain > 0 && at(row, layer) === gain + at(row + 1, layer + 1)) {
      result.push([...known, added]);
      row += 1;
      layer += 1;
    } else if (known && (!added || at(row, layer) === at(row + 1, layer))) {
      result.push([...known, null]);
      row += 1;
    } else {
      result.push([...Array.from({ length: place }, () => null), added ?? null]);
      layer += 1;
    }
  }
  return result;
}

/** `[i][j]`: the most that rows from i on and layers from j on can gain together. */
function bestFrom(alike: readonly number[][], rows: number, layers: number): number[][] {
  const best = Array.from({ length: rows + 1 }, () => Array.from({ length: layers + 1 }, () => 0));
  const at = (row: number, layer: number) => best[row]?.[layer] ?? 0;
  for (let row = rows - 1; row >= 0; row -= 1) {
    for (let layer = layers - 1; layer >= 0; layer -= 1) {
      const gain = alike[row]?.[layer] ?? 0;
      const together = gain > 0 ? gain + at(row + 1, layer + 1) : 0;
      const line = best[row];
      if (line) line[layer] = Math.max(together, at(row + 1, layer), at(row, layer + 1));
    }
  }
  return best;
}
