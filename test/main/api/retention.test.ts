import { describe, expect, it } from "vitest";
import { surplus } from "../../../main/api/runs/retention.ts";
import type { CheckpointRow } from "../../../main/store/checkpoints.ts";

const rowsOf = (...places: [step: number, epoch: number][]): CheckpointRow[] =>
  places.map(([step, epoch]) => ({
    ...{ step, epoch, file: "", bytes: 1, sha256: "", createdAt: 0 },
  }));

/** Commits one checkpoint after the other and prunes after each, as a run does. */
function kept(epochs: number): number[] {
  let rows: CheckpointRow[] = [];
  for (let epoch = 1; epoch <= epochs; epoch++) {
    rows.push(...rowsOf([epoch * 10, epoch]));
    const dropped = surplus(rows, epochs);
    rows = rows.filter((row) => !dropped.includes(row));
    expect(rows.length).toBeGreaterThanOrEqual(Math.min(2, epoch));
  }
  return rows.map(({ epoch }) => epoch);
}

describe("kept checkpoints", () => {
  it("are all of a short run's", () => {
    expect(kept(10)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it("are every tenth part of a long run's, and the newest two", () => {
    expect(kept(100)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90, 99, 100]);
    expect(kept(25)).toEqual([3, 6, 9, 12, 15, 18, 21, 24, 25]);
  });

  it("include the one that closed an epoch, and the newest two wherever they were saved", () => {
    const rows = rowsOf([10, 1], [13, 1], [17, 1], [18, 1]);
    expect(surplus(rows, 5).map(({ step }) => step)).toEqual([13]);
  });
});
