/** The pictures that an exported comparison shows: at most a few places, each grid fetched once. */
import type { Client } from "../client.ts";
import type { ComparedRun } from "./comparison.ts";
import { gridAt, gridPositions, type Axis } from "./position.ts";

/** PNG files by run and step. */
export type Grids = ReadonlyMap<string, Uint8Array>;

/** Places that a file shows, so that it stays small enough to send. */
const placesShown = 8;

const keyOf = (id: string, step: number): string => `${id} ${step.toString()}`;

/** At most `most` of the places where there are grids, evenly, the last one always among them. */
export function placesToExport(
  axis: Axis,
  runs: readonly ComparedRun[],
  most = placesShown,
): number[] {
  const all = gridPositions(axis, runs);
  if (all.length <= most) return all;
  const places = Array.from({ length: most }, (_, i) =>
    Math.round((i * (all.length - 1)) / (most - 1)),
  );
  return [...new Set(places)].flatMap((place) => all[place] ?? []);
}

/** A grid that cannot be read is left out: the rest is worth a file. */
export async function fetchGrids(
  client: Client,
  runs: readonly ComparedRun[],
  axis: Axis,
  positions: readonly number[],
): Promise<Grids> {
  const grids = new Map<string, Uint8Array>();
  for (const run of runs) {
    for (const position of positions) {
      const sample = gridAt(axis, run, position);
      const { id } = run.detail.run;
      if (!sample || grids.has(keyOf(id, sample.step))) continue;
      try {
        const { png } = await client.runs.sampleImage({ id, step: sample.step });
        grids.set(keyOf(id, sample.step), png);
      } catch {
        continue;
      }
    }
  }
  return grids;
}

export function gridOf(
  grids: Grids,
  run: ComparedRun,
  axis: Axis,
  position: number,
): Uint8Array | null {
  const sample = gridAt(axis, run, position);
  return sample === null ? null : (grids.get(keyOf(run.detail.run.id, sample.step)) ?? null);
}
