import { describe, expect, it } from "vitest";
import { putInBin } from "../../../main/store/bin.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { storing } from "../../../main/store/connection.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, insertRun, updateRun } from "../../../main/store/runs.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun, specification } from "./support/values.ts";

const fill = (count: number) => {
  const home = openExample();
  storing(home, () => {
    for (let index = 0; index < count; index++) {
      const named = { id: `run-${index}`, name: `Trial ${index}`, createdAt: index };
      insertRun(home, newRun({ ...named, dataset: index % 2 === 0 ? "digits" : "Fashion_100%" }));
    }
  });
  return home;
};
const idsOf = (...given: Parameters<typeof listRuns>) =>
  listRuns(...given).runs.map(({ id }) => id);

describe("listRuns", () => {
  it("gives ten thousand runs a page at a time, newest first, with their number", () => {
    const home = fill(10_000);
    const all = listRuns(home);
    expect(all.total).toBe(10_000);
    expect(all.runs.map(({ createdAt }) => createdAt)).toEqual(
      Array.from({ length: 10_000 }, (_, index) => 9999 - index),
    );
    expect(listRuns(home, { limit: 3 })).toEqual({ runs: all.runs.slice(0, 3), total: 10_000 });
    const late = { limit: 50, offset: 9980 };
    expect(listRuns(home, late)).toEqual({ runs: all.runs.slice(9980), total: 10_000 });
    const found = listRuns(home, { search: "trial 123", limit: 3, offset: 9 });
    expect(found.total).toBe(11);
    expect(found.runs.map(({ name }) => name)).toEqual(["Trial 1230", "Trial 123"]);
  });

  it("reads no run's long row to find, count and sort the page", () => {
    const home = fill(1);
    const plans: string[] = [];
    const database = new Proxy(home.database, {
      get(target, name) {
        if (name !== "prepare") return Reflect.get(target, name) as unknown;
        return (sql: string) => {
          const statement = target.prepare(sql);
          const found = { pattern: "%a%", status: "[]", preset: null, tags: "[]" };
          const values = { limit: 5, offset: 0, ...found };
          const rows = target.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(values) as {
            detail: string;
          }[];
          plans.push(...rows.map(({ detail }) => detail));
          return statement;
        };
      },
    });
    const narrow = { status: ["running"], preset: null, tags: ["a"] } as const;
    const query = { limit: 5, search: "a", ...narrow };
    listRuns({ ...home, database }, query);
    listRuns({ ...home, database }, { ...query, order: "trained" });
    const scans = plans.filter((plan) => plan.startsWith("SCAN runs"));
    expect(scans).toHaveLength(4);
    for (const scan of scans) expect(scan).toContain("COVERING INDEX runsNewestFirst");
    expect(plans.filter((plan) => plan.includes("INDEX tagsByKey (key=?)"))).toHaveLength(4);
  });

  it("finds parts of name, id, preset and data set in either case, and takes signs as themselves", () => {
    const home = fill(12);
    const found = (search: string) => listRuns(home, { search }).total;
    expect(found("TRIAL 1")).toBe(3);
    expect(found("run-11")).toBe(1);
    expect(found("Vanilla")).toBe(12);
    expect(found("  digits ")).toBe(6);
    expect(found("100%")).toBe(6);
    expect(found("n_1")).toBe(6);
    expect(found("%")).toBe(6);
    expect(found("_")).toBe(6);
    expect(found("a_i")).toBe(0);
    expect(found("\\")).toBe(0);
    expect(found("'")).toBe(0);
    expect(found("")).toBe(12);
    expect(found("   ")).toBe(12);
  });

  it("narrows to states and presets, own designs among them", () => {
    const home = fill(3);
    updateRun(home, "run-1", { status: "failed" }, 1);
    updateRun(home, "run-2", { specification: { ...specification, preset: null } }, 1);
    expect(idsOf(home, { status: ["failed", "stopped"] })).toEqual(["run-1"]);
    expect(idsOf(home, { status: [] })).toEqual([]);
    expect(idsOf(home, { preset: "vanilla-mlp" })).toEqual(["run-1", "run-0"]);
    expect(idsOf(home, { preset: null })).toEqual(["run-2"]);
    expect(idsOf(home, { preset: "no such" })).toEqual([]);
  });

  it("sorts by what is asked for, either way, and by start where that is equal", () => {
    const home = fill(3);
    const place = { epoch: 0, measurements: [], samples: [], checkpoint: null, events: [] };
    commitProgress(home, { ...epochCommit(), ...place, runId: "run-1", step: 5, seconds: 9 });
    updateRun(home, "run-0", { name: "zebra" }, 1);
    expect(idsOf(home, { order: "name" })).toEqual(["run-1", "run-2", "run-0"]);
    expect(idsOf(home, { order: "name", descending: true })).toEqual(["run-0", "run-2", "run-1"]);
    expect(idsOf(home, { order: "steps", descending: true })).toEqual(["run-1", "run-2", "run-0"]);
    expect(idsOf(home, { order: "trained" })).toEqual(["run-0", "run-2", "run-1"]);
    expect(idsOf(home, { order: "started", descending: false })[0]).toBe("run-0");
    for (const order of ["status", "dataset"] as const)
      expect(idsOf(home, { order })).toHaveLength(3);
  });

  it("orders runs of the same millisecond by id", () => {
    const home = openExample();
    for (const id of ["run-b", "run-c", "run-a"]) insertRun(home, newRun({ id }));
    expect(idsOf(home)).toEqual(["run-c", "run-b", "run-a"]);
  });

  it("tells the step of each run's newest sheet", () => {
    const home = fill(2);
    commitProgress(home, epochCommit());
    expect(listRuns(home).runs.map(({ newestSample }) => newestSample)).toEqual([390, null]);
    expect(getRun(home, "run-1").newestSample).toBe(390);
  });

  it("keeps the bin apart", () => {
    const home = fill(3);
    putInBin(home, "run-1", 1);
    expect(listRuns(home)).toMatchObject({ total: 2, runs: [{ id: "run-2" }, { id: "run-0" }] });
    expect(listRuns(home, { deleted: true })).toMatchObject({ total: 1, runs: [{ id: "run-1" }] });
  });
});
