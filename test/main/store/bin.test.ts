import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { emptyBin, isInBin, putInBin, takeFromBin } from "../../../main/store/bin.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { createRunFolder, runFolder } from "../../../main/store/layout.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun } from "./support/values.ts";

function exampleWithFiles() {
  const home = openExample();
  insertRun(home, newRun({ status: "finished" }));
  commitProgress(home, epochCommit());
  const file = join(createRunFolder(home.folder, "run-1"), "samples", "a.png");
  writeFileSync(file, "picture");
  return { home, file, inBin: join(home.folder, "bin", "run-1", "samples", "a.png") };
}
const unknown = expect.objectContaining({ code: "run.unknown" }) as Error;

describe("the bin", () => {
  it("takes a run out of the history with its files, and gives all of it back", () => {
    const { home, file, inBin } = exampleWithFiles();
    const before = getRun(home, "run-1");
    putInBin(home, "run-1", 5);
    expect(isInBin(home, "run-1")).toBe(true);
    expect(() => getRun(home, "run-1")).toThrow(/in the bin; restore it/);
    expect([existsSync(file), existsSync(inBin)]).toEqual([false, true]);
    takeFromBin(home, "run-1");
    expect(getRun(home, "run-1")).toEqual(before);
    expect(readFileSync(file, "utf8")).toBe("picture");
    expect(readMeasurements(home, "run-1").steps).toEqual([195, 390]);
  });

  it.skipIf(!existsSync("/dev/shm"))("takes runs that lie on another disk, behind a link", () => {
    const { home, file, inBin } = exampleWithFiles();
    const other = mkdtempSync("/dev/shm/gan-studio-test-");
    onTestFinished(() => {
      rmSync(other, { recursive: true });
    });
    const runs = join(home.folder, "runs");
    cpSync(runs, other, { recursive: true });
    rmSync(runs, { recursive: true });
    symlinkSync(other, runs);
    putInBin(home, "run-1", 5);
    expect([existsSync(file), existsSync(inBin)]).toEqual([false, true]);
    takeFromBin(home, "run-1");
    expect([existsSync(file), existsSync(inBin)]).toEqual([true, false]);
  });

  it("keeps its content when the data folder is opened again", () => {
    const { home } = exampleWithFiles();
    putInBin(home, "run-1", 5);
    home.close();
    const again = openExample(home.folder);
    expect(listRuns(again, { deleted: true }).total).toBe(1);
    takeFromBin(again, "run-1");
    expect(listRuns(again).total).toBe(1);
  });

  it("takes a run that has no files", () => {
    const home = openExample();
    insertRun(home, newRun());
    putInBin(home, "run-1", 5);
    takeFromBin(home, "run-1");
    expect(getRun(home, "run-1").id).toBe("run-1");
  });

  it("leaves a run in the history whose files cannot be moved", () => {
    const { home, file } = exampleWithFiles();
    writeFileSync(join(home.folder, "bin"), "in the way");
    expect(() => {
      putInBin(home, "run-1", 5);
    }).toThrow();
    expect(getRun(home, "run-1").id).toBe("run-1");
    expect(existsSync(file)).toBe(true);
  });

  it("goes on where a crash came between marking a run and moving its files", () => {
    const { home, file } = exampleWithFiles();
    home.database.prepare("INSERT INTO bin VALUES ('run-1', 5)").run();
    takeFromBin(home, "run-1");
    expect(existsSync(file)).toBe(true);
    home.database.prepare("INSERT INTO bin VALUES ('run-1', 5)").run();
    emptyBin(home, 6);
    expect(existsSync(runFolder(home.folder, "run-1"))).toBe(false);
  });

  it("removes for good only what has been in it for long", () => {
    const { home, inBin } = exampleWithFiles();
    insertRun(home, newRun({ id: "run-2" }));
    putInBin(home, "run-1", 10);
    putInBin(home, "run-2", 20);
    expect(emptyBin(home, 10)).toEqual([]);
    expect(emptyBin(home, 15)).toEqual(["run-1"]);
    expect(existsSync(inBin)).toBe(false);
    expect(readMeasurements(home, "run-1").steps).toEqual([]);
    expect(isInBin(home, "run-2")).toBe(true);
    expect(() => {
      takeFromBin(home, "run-1");
    }).toThrow(unknown);
  });

  it("removes the others where one cannot be removed, which stays to be tried again", () => {
    const { home } = exampleWithFiles();
    const warned = vi.spyOn(console, "warn").mockReturnValue(undefined);
    // No folder has this name, so nothing of it can be found.
    insertRun(home, newRun({ id: "con" }));
    home.database.prepare("INSERT INTO bin VALUES ('con', 5)").run();
    putInBin(home, "run-1", 5);
    expect(emptyBin(home, 6)).toEqual(["run-1"]);
    expect(isInBin(home, "con")).toBe(true);
    expect(warned).toHaveBeenCalledOnce();
    warned.mockRestore();
  });

  it.each(["none", "", "../run-1", "..", "con"])("knows no run «%s»", (id) => {
    const { home } = exampleWithFiles();
    mkdirSync(join(home.folder, "bin"), { recursive: true });
    expect(() => {
      takeFromBin(home, id);
    }).toThrow(unknown);
    expect(() => {
      putInBin(home, id, 1);
    }).toThrow();
    expect(listRuns(home).total).toBe(1);
  });
});
