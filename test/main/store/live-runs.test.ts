import { describe, expect, it } from "vitest";
import { commitProgress } from "../../../main/store/commit.ts";
import { interruptLive, listLive } from "../../../main/store/live-runs.ts";
import type { RunStatus } from "../../../main/store/run-row.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun } from "./support/values.ts";

describe("interruptLive", () => {
  it("marks exactly the runs that were live, with a reason, and nothing the second time", () => {
    const home = openExample();
    const ended: RunStatus[] = ["finished", "stopped", "interrupted", "failed"];
    const live: RunStatus[] = ["starting", "running", "paused"];
    for (const [index, status] of [...ended, ...live].entries()) {
      insertRun(home, newRun({ id: status, status, createdAt: index }));
    }
    expect(listLive(home).map(({ id }) => id)).toEqual(live);
    const interrupted = interruptLive(home, 9000);
    expect(interrupted.map(({ id, status, updatedAt }) => [id, status, updatedAt])).toEqual(
      live.map((id) => [id, "interrupted", 9000]),
    );
    expect(interrupted[0]?.reason).toMatch(/resume it from its last checkpoint/);
    for (const id of ended)
      expect(getRun(home, id)).toMatchObject({ status: id, updatedAt: ended.indexOf(id) });
    expect(interruptLive(home, 9001)).toEqual([]);
    expect(listLive(home)).toEqual([]);
  });

  it("keeps where a run stood", () => {
    const home = openExample();
    insertRun(home, newRun({ status: "running" }));
    commitProgress(home, epochCommit());
    expect(interruptLive(home, 9000)).toMatchObject([
      { step: 390, epoch: 1, seconds: 12.5, losses: { generator: 0.75, discriminator: 1.25 } },
    ]);
  });
});
