import { describe, expect, it } from "vitest";
import { putInBin } from "../../../main/store/bin.ts";
import { storing, type Home } from "../../../main/store/connection.ts";
import { copyPast, insertParent, joinGroup } from "../../../main/store/family.ts";
import { insertMeasurements, readMeasurements } from "../../../main/store/measurements.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, insertRun } from "../../../main/store/runs.ts";
import {
  endGroup,
  endOpenGroups,
  getGroup,
  insertGroup,
  listMembers,
} from "../../../main/store/seed-groups.ts";
import { insertSitting, listSittings } from "../../../main/store/sittings.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

/** Two families: a fork and its fork; three seeds, the second started first. */
function example(): Home {
  const home = openExample();
  const add = (id: string, createdAt: number) => insertRun(home, newRun({ id, createdAt }));
  for (const [index, id] of ["old", "child", "grandchild", "b", "a", "c"].entries()) add(id, index);
  storing(home, (database) => {
    insertParent(database, "child", { run: "old", step: 4, epoch: 1 });
    insertParent(database, "grandchild", { run: "child", step: 8, epoch: 2 });
  });
  insertGroup(home, { id: "group-1", name: "Tries", seeds: [3, 1, 2], createdAt: 9 });
  for (const id of ["a", "b", "c"]) joinGroup(home, id, "group-1");
  return home;
}
const ids = (home: Home, query: Parameters<typeof listRuns>[1]) =>
  listRuns(home, query).runs.map(({ id }) => id);

describe("the families of a history", () => {
  it("hang below roots, which are listed alone with how many they hide", () => {
    const home = example();
    expect(listRuns(home, { family: "roots" })).toMatchObject({ total: 2, below: 4 });
    expect(ids(home, { family: "roots" })).toEqual(["b", "old"]);
    expect(ids(home, { family: { parent: "old" } })).toEqual(["child"]);
    expect(ids(home, { family: { group: "group-1" }, descending: false })).toEqual(["b", "a", "c"]);
    expect(listRuns(home).total).toBe(6);
  });

  it("come apart when what they hang below is deleted", () => {
    const home = example();
    for (const id of ["old", "b"]) putInBin(home, id, 1);
    expect(ids(home, { family: "roots" })).toEqual(["a", "child"]);
    expect(getRun(home, "child").parent).toEqual({ run: "old", step: 4, epoch: 1 });
    expect(getRun(home, "a").group).toEqual({ id: "group-1", name: "Tries", runs: 2 });
    putInBin(home, "grandchild", 1);
    expect(getRun(home, "child").forks).toBe(0);
    expect(listMembers(home, "group-1").map(({ id }) => id)).toEqual(["a", "c"]);
  });
});

it("a copied past ends with the fork's step", () => {
  const home = example();
  const values = Object.fromEntries(
    Object.keys(readMeasurements(home, "old").values).map((name) => [name, NaN]),
  ) as never;
  storing(home, (database) => {
    insertMeasurements(
      database,
      "old",
      [1, 4, 5].map((step) => ({ step, values })),
    );
    copyPast(database, "old", "child", 4);
  });
  expect(readMeasurements(home, "child").steps).toEqual([1, 4]);
  expect(readMeasurements(home, "child").values.lossGenerator).toEqual([NaN, NaN]);
});

it("a group that was going on when the program ended says so; one that was over keeps its reason", () => {
  const home = example();
  insertGroup(home, { id: "group-2", name: "Done", seeds: [1], createdAt: 10 });
  endGroup(home, "group-2", "");
  endOpenGroups(home, "It ended.");
  expect([getGroup(home, "group-1").ending, getGroup(home, "group-2").ending]).toEqual([
    ...["It ended.", ""],
  ]);
  expect(getGroup(home, "group-1").seeds).toEqual([3, 1, 2]);
  expect(() => getGroup(home, "group-9")).toThrow(/no group «group-9»/);
});

it("sittings are told in their order", () => {
  const home = example();
  const surroundings = {
    ...{ engine: "wasm", mode: "eager", version: "1", device: "CPU", threads: 1 },
    ...{ processor: "p", system: "s" },
  };
  insertSitting(home, "old", { at: 2, step: 9, surroundings: { ...surroundings, threads: 2 } });
  insertSitting(home, "old", { at: 1, step: 0, surroundings });
  expect(listSittings(home, "old").map(({ threads }) => threads)).toEqual([1, 2]);
  expect(listSittings(home, "child")).toEqual([]);
});
