import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { reading, storing } from "../../../main/store/connection.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, insertRun, updateRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

describe("storing", () => {
  it("undoes everything when a part fails, inner ones too, and passes the error on", () => {
    const home = openExample();
    const failure = new Error("on purpose");
    const work = () =>
      storing(home, () => {
        insertRun(home, newRun());
        updateRun(home, "run-1", { status: "running" }, 1);
        throw failure;
      });
    expect(work).toThrow(failure);
    expect(listRuns(home).runs).toEqual([]);
    expect(home.database.inTransaction).toBe(false);
  });

  it("keeps the outer part when it catches an inner one's failure", () => {
    const home = openExample();
    storing(home, () => {
      insertRun(home, newRun());
      expect(() => insertRun(home, newRun())).toThrow(/already/);
    });
    expect(getRun(home, "run-1").name).toBe("First run");
  });

  it("says who is in the way when another program holds the database", () => {
    const home = openExample();
    home.database.pragma("busy_timeout = 20");
    const viewer = new Database(join(home.folder, "studio.db"));
    viewer.exec("BEGIN IMMEDIATE");
    const locked = expect.objectContaining({ code: "home.locked" }) as Error;
    expect(() => insertRun(home, newRun())).toThrow(locked);
    expect(listRuns(home).runs).toEqual([]);
    viewer.close();
    insertRun(home, newRun());
  });

  it("keeps other writers out from its start, so that it cannot fail after it has read", () => {
    const home = openExample();
    insertRun(home, newRun());
    const viewer = new Database(join(home.folder, "studio.db"), { timeout: 0 });
    const rename = viewer.prepare("UPDATE runs SET name = 'theirs'");
    storing(home, () => {
      const { name } = getRun(home, "run-1");
      expect(() => rename.run()).toThrow(/locked/);
      updateRun(home, "run-1", { reason: name }, 1);
    });
    expect(rename.run().changes).toBe(1);
    viewer.close();
  });
});

describe("reading", () => {
  it("refuses to work on a closed folder", () => {
    const home = openExample();
    home.close();
    expect(() => reading(home, () => listRuns(home))).toThrow(/not open/);
  });
});
