import { describe, expect, it } from "vitest";
import { listCheckpoints } from "../../../main/store/checkpoints.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { rewindRun } from "../../../main/store/rewind.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { listSamples } from "../../../main/store/samples.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, measurement, newRun } from "./support/values.ts";

function homeAfter(epochs: number, measured: boolean) {
  const home = openExample();
  insertRun(home, newRun());
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const step = epoch * 10;
    const { samples, checkpoint } = epochCommit();
    commitProgress(home, {
      ...epochCommit({ step, epoch, seconds: epoch, now: epoch }),
      losses: { generator: step, discriminator: step + 0.25 },
      measurements: measured || epoch > 1 ? [measurement(step - 5), measurement(step)] : [],
      samples: samples.map((sample) => ({ ...sample, step, epoch })),
      checkpoint: checkpoint && { ...checkpoint, step, epoch },
    });
  }
  return home;
}

describe("rewindRun", () => {
  it("puts a run back to a checkpoint and forgets what came after it", () => {
    const home = homeAfter(3, true);
    const row = rewindRun(home, "run-1", 20, 99);
    expect(row).toMatchObject({ step: 20, epoch: 2, seconds: 3, updatedAt: 99 });
    expect(row.losses).toEqual({ generator: 20, discriminator: 20.25 });
    expect(readMeasurements(home, "run-1").steps).toEqual([5, 10, 15, 20]);
    expect(listSamples(home, "run-1").map(({ step }) => step)).toEqual([10, 20]);
    expect(listCheckpoints(home, "run-1").map(({ step }) => step)).toEqual([10, 20]);
    expect(getRun(home, "run-1")).toEqual(row);
  });

  it("changes nothing but the time when the checkpoint is the last", () => {
    const home = homeAfter(2, true);
    const before = getRun(home, "run-1");
    expect(rewindRun(home, "run-1", 20, 99)).toEqual({ ...before, updatedAt: 99 });
  });

  it("knows no losses where nothing was measured yet", () => {
    const home = homeAfter(2, false);
    expect(rewindRun(home, "run-1", 10, 99).losses).toBeNull();
  });

  it("refuses a step without a checkpoint, and changes nothing", () => {
    const home = homeAfter(2, true);
    const before = getRun(home, "run-1");
    const none = expect.objectContaining({ code: "run.nocheckpoint" }) as Error;
    expect(() => rewindRun(home, "run-1", 15, 99)).toThrow(none);
    expect(() => rewindRun(home, "none", 10, 99)).toThrow(/There is no run/);
    expect(getRun(home, "run-1")).toEqual(before);
    expect(readMeasurements(home, "run-1").steps).toHaveLength(4);
  });
});
