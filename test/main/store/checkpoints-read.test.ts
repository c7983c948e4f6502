import { rmSync, truncateSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { newestIntactCheckpoint } from "../../../main/store/checkpoints-read.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { durableWrite } from "../../../main/files/durable-write.ts";
import { checkpointFile } from "../../../main/files/run-files.ts";
import { createRunFolder, runFile } from "../../../main/store/layout.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun } from "./support/values.ts";

const content = Uint8Array.from({ length: 1000 }, (_, index) => index % 256);
const problem = (code: string) => expect.objectContaining({ code }) as Error;

describe("newestIntactCheckpoint", () => {
  async function homeWith(steps: number[]) {
    const home = openExample();
    insertRun(home, newRun());
    createRunFolder(home.folder, "run-1");
    for (const step of steps) {
      const file = checkpointFile(step);
      const written = await durableWrite(runFile(home.folder, "run-1", file), [
        content,
        Uint8Array.of(step),
      ]);
      commitProgress(
        home,
        epochCommit({ step, checkpoint: { step, epoch: step, file, ...written } }),
      );
    }
    return { home, pathOf: (step: number) => runFile(home.folder, "run-1", checkpointFile(step)) };
  }

  it("is the last one, or the last one up to a step", async () => {
    const { home, pathOf } = await homeWith([1, 2, 3]);
    expect(await newestIntactCheckpoint(home, "run-1")).toMatchObject({
      checkpoint: { step: 3 },
      path: pathOf(3),
      damaged: [],
    });
    expect((await newestIntactCheckpoint(home, "run-1", 2)).checkpoint.step).toBe(2);
  });

  it("passes over damaged and missing ones, and names them", async () => {
    const { home, pathOf } = await homeWith([1, 2, 3]);
    truncateSync(pathOf(3), 10);
    rmSync(pathOf(2));
    const found = await newestIntactCheckpoint(home, "run-1");
    expect(found.checkpoint.step).toBe(1);
    expect(found.damaged.map(({ step }) => step)).toEqual([3, 2]);
  });

  it("says when there is none, and when none is left", async () => {
    const { home, pathOf } = await homeWith([1]);
    await expect(newestIntactCheckpoint(home, "run-1", 0)).rejects.toThrow(
      problem("run.nocheckpoint"),
    );
    await expect(newestIntactCheckpoint(home, "none")).rejects.toThrow(problem("run.nocheckpoint"));
    rmSync(pathOf(1));
    await expect(newestIntactCheckpoint(home, "run-1")).rejects.toThrow(
      problem("checkpoint.damaged"),
    );
  });
});
