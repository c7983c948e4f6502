/** Distances to the nearest rows. All squared. */
import { forEachDistance } from "./pairs.ts";
import { countOf, type Rows } from "./rows.ts";

/**
 * For each k the squared distance of each row to its k-th nearest other row of the same set: the radii
 * of the balls that stand for the set in several metrics. A row's copy is another row.
 *
 * @param ks from 1; a set of fewer than k + 1 rows has infinite radii
 */
export async function radiiOf(rows: Rows, ks: readonly number[]): Promise<Float64Array[]> {
  const count = countOf(rows);
  const most = Math.max(...ks);
  const radii = ks.map(() => new Float64Array(count).fill(Infinity));
  const nearest = new Float64Array(most);
  await forEachDistance(rows, rows, ({ first, rows: blockRows, values }) => {
    for (let row = 0; row < blockRows; row++) {
      nearest.fill(Infinity);
      const own = first + row;
      for (let j = 0, at = row * count; j < count; j++, at++) {
        const distance = values[at] as number;
        if (j === own || distance >= (nearest[most - 1] as number)) continue;
        let place = most - 1;
        while (place > 0 && distance < (nearest[place - 1] as number)) {
          nearest[place] = nearest[place - 1] as number;
          place--;
        }
        nearest[place] = distance;
      }
      for (const [i, k] of ks.entries()) (radii[i] as Float64Array)[own] = nearest[k - 1] as number;
    }
  });
  return radii;
}

/** The squared distance of each probe to the nearest row of `rows`. */
export async function nearestDistances(probes: Rows, rows: Rows): Promise<Float64Array> {
  const columns = countOf(probes);
  const nearest = new Float64Array(columns).fill(Infinity);
  // The probes are the fewer: they go to the engine anew with each block of rows.
  await forEachDistance(rows, probes, ({ rows: blockRows, values }) => {
    for (let row = 0, at = 0; row < blockRows; row++) {
      for (let probe = 0; probe < columns; probe++, at++) {
        const distance = values[at] as number;
        if (distance < (nearest[probe] as number)) nearest[probe] = distance;
      }
    }
  });
  return nearest;
}
