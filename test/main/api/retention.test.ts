import { describe, expect, it } from "vitest";
import { droppable, surplus } from "../../../main/api/runs/retention.ts";
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

describe("pruning", () => {
  const rows = rowsOf([10, 1], [20, 2], [30, 3], [40, 4]);
  /** Which would go of the first two, when these steps are sound; and which files were looked into. */
  const dropped = async (...sound: number[]) => {
    const looked: number[] = [];
    const gone = await droppable(rows, rows.slice(0, 2), ({ step }) => {
      looked.push(step);
      return Promise.resolve(sound.includes(step));
    });
    return { gone: gone.map(({ step }) => step), looked };
  };

  it("drops what it may while two of the kept are sound, and looks at no more", async () => {
    expect(await dropped(10, 20, 30, 40)).toEqual({ gone: [10, 20], looked: [40, 30] });
  });

  it("never leaves fewer than two that can be loaded", async () => {
    expect((await dropped(10, 20, 30)).gone).toEqual([10]);
    expect((await dropped(10, 20)).gone).toEqual([]);
    expect((await dropped(10, 40)).gone).toEqual([20]);
    expect((await dropped(40)).gone).toEqual([]);
    expect((await dropped()).gone).toEqual([]);
  });

  it("does not touch what is pinned", () => {
    const many = rowsOf(
      ...Array.from({ length: 50 }, (_, index) => [index, index] as [number, number]),
    );
    const before = surplus(many, 50).map(({ step }) => step);
    expect(before).toContain(7);
    expect(surplus(many, 50, new Set([7])).map(({ step }) => step)).toEqual(
      before.filter((step) => step !== 7),
    );
  });
});
