import { createHash } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createHeldCheckpoints } from "../../../main/api/runs/held-checkpoints.ts";
import { droppable, pruneCheckpoints, surplus } from "../../../main/api/runs/retention.ts";
import { listCheckpoints, type CheckpointRow } from "../../../main/store/checkpoints.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { storing } from "../../../main/store/connection.ts";
import { putEvaluation } from "../../../main/store/evaluations.ts";
import { insertParent } from "../../../main/store/family.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { evaluationExample } from "../../support/evaluation.ts";
import { openExample } from "../store/support/example.ts";
import { epochCommit, newRun, specification } from "../store/support/values.ts";

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

describe("a run of a hundred epochs", () => {
  it("keeps the checkpoints of its fork and its best epoch for ever, held ones until they are released", async () => {
    const home = openExample();
    const loop = { ...specification.loop, epochs: 100 };
    insertRun(home, newRun({ specification: { ...specification, loop } }));
    const folder = createRunFolder(home.folder, "run-1");
    storing(home, (database) => {
      insertParent(database, "run-1", { run: "run-0", step: 30, epoch: 3 });
    });
    for (let epoch = 1; epoch <= 12; epoch++) {
      const [step, content] = [10 * epoch, `weights of epoch ${epoch}`];
      const file = `checkpoints/step-${step.toString().padStart(9, "0")}.safetensors`;
      writeFileSync(join(folder, file), content);
      const sha256 = createHash("sha256").update(content).digest("hex");
      const checkpoint = { step, epoch, file, bytes: content.length, sha256 };
      commitProgress(home, epochCommit({ step, epoch, checkpoint }));
    }
    putEvaluation(home, "run-1", evaluationExample(7, 1), 0);
    putEvaluation(home, "run-1", evaluationExample(8, 2), 0);
    const held = createHeldCheckpoints();
    const release = held.hold("run-1", 50);
    held.hold("run-2", 60);
    const kept = async () => {
      await pruneCheckpoints(home, "run-1", held);
      const epochs = listCheckpoints(home, "run-1").map(({ epoch }) => epoch);
      expect(readdirSync(join(folder, "checkpoints"))).toHaveLength(epochs.length);
      return epochs;
    };
    expect(await kept()).toEqual([3, 5, 7, 10, 11, 12]);
    release();
    expect(await kept()).toEqual([3, 7, 10, 11, 12]);
  });
});
