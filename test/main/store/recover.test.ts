import { readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listEvents } from "../../../main/store/events.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { recoverRuns } from "../../../main/store/recover.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

describe("recoverRuns", () => {
  it("interrupts live runs with an event and sweeps up their unfinished files, once", async () => {
    const home = openExample();
    insertRun(home, newRun({ status: "running" }));
    insertRun(home, newRun({ id: "run-2", status: "finished" }));
    const folder = createRunFolder(home.folder, "run-1");
    const stale = ".step-000000390.safetensors.4711-0123456789ab.tmp";
    writeFileSync(join(folder, "checkpoints", stale), "half");
    writeFileSync(join(folder, "samples", stale), "half");
    writeFileSync(join(folder, "samples", "step-000000390.png"), "whole");
    const interrupted = await recoverRuns(home, 5000);
    expect(interrupted).toEqual([getRun(home, "run-1")]);
    expect(interrupted[0]).toMatchObject({ status: "interrupted", updatedAt: 5000 });
    expect(readdirSync(join(folder, "checkpoints"))).toEqual([]);
    expect(readdirSync(join(folder, "samples"))).toEqual(["step-000000390.png"]);
    expect(listEvents(home, "run-1")).toMatchObject([{ at: 5000, step: 0, kind: "interrupted" }]);
    expect(listEvents(home, "run-2")).toEqual([]);
    expect(await recoverRuns(home, 6000)).toEqual([]);
    expect(listEvents(home, "run-1")).toHaveLength(1);
  });

  it("sweeps up unfinished files of any run's own folder, and of the data folder", async () => {
    const home = openExample();
    // Killed before it had a row.
    const folder = createRunFolder(home.folder, "run-1");
    const names = [".run.json.4711-0123456789ab.tmp", ".record.jsonl.4711-0123456789ab.tmp"];
    for (const name of names) writeFileSync(join(folder, name), "half");
    writeFileSync(join(home.folder, ".datasets.json.4711-0123456789ab.tmp"), "half");
    writeFileSync(join(home.folder, "runs", "notes.txt"), "mine");
    await recoverRuns(home, 5000);
    expect(readdirSync(folder).sort()).toEqual(["checkpoints", "samples"]);
    expect(readdirSync(home.folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(readdirSync(join(home.folder, "runs")).sort()).toEqual(["notes.txt", "run-1"]);
  });

  it("keeps nothing closed for a run's folder that cannot be read", async () => {
    const home = openExample();
    insertRun(home, newRun({ status: "running" }));
    createRunFolder(home.folder, "run-2");
    // To a disk that is not there now.
    symlinkSync("/nowhere", join(home.folder, "runs", "run-1"));
    expect(await recoverRuns(home, 5000)).toHaveLength(1);
  });

  it("interrupts a run that never got as far as having a folder", async () => {
    const home = openExample();
    insertRun(home, newRun());
    expect(await recoverRuns(home, 1)).toHaveLength(1);
  });
});
