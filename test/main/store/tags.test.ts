import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { parseTag } from "../../../main/spec/tags.ts";
import { emptyBin, putInBin, takeFromBin } from "../../../main/store/bin.ts";
import type { Home } from "../../../main/store/connection.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, insertRun, updateRun } from "../../../main/store/runs.ts";
import { tagRuns } from "../../../main/store/tag-runs.ts";
import { listTags } from "../../../main/store/tags.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { openExample } from "./support/example.ts";
import { newRun } from "./support/values.ts";

const ids = ["run-1", "run-2", "run-3"];

function example(folder?: string): Home {
  const home = openExample(folder);
  for (const [createdAt, id] of ids.entries()) {
    createRunFolder(home.folder, id);
    insertRun(home, newRun({ id, name: `Run ${id}`, createdAt }));
  }
  return home;
}
const add = (home: Home, id: string, ...tags: string[]) =>
  tagRuns(home, [id], { add: tags.map(parseTag), remove: [] });
const tagsOf = (home: Home) => ids.map((id) => getRun(home, id).tags);
const documentOf = (home: Home, id: string) => join(home.folder, "runs", id, "run.json");

describe("tags of runs", () => {
  it("are given and taken, of several runs at once, with what became of each", () => {
    const home = example();
    add(home, "run-2", "draft");
    const changes = tagRuns(home, ids.slice(0, 2), { add: ["b", "a", "draft"], remove: ["no"] });
    expect(changes.map(({ run, added, removed }) => [run.id, run.tags, added, removed])).toEqual([
      ["run-1", ["a", "b", "draft"], ["a", "b", "draft"], []],
      ["run-2", ["a", "b", "draft"], ["a", "b"], []],
    ]);
    tagRuns(home, ids, { add: [], remove: ["DRAFT"] });
    expect(tagsOf(home)).toEqual([["a", "b"], ["a", "b"], []]);
    expect(tagRuns(home, ids, { add: [], remove: ["draft"] })).toEqual([]);
  });

  it("are one word in the whole history: the first spelling stays", () => {
    const home = example();
    add(home, "run-1", "Baseline");
    add(home, "run-2", "BASELINE");
    expect(tagsOf(home).slice(0, 2)).toEqual([["Baseline"], ["Baseline"]]);
    expect(listTags(home)).toEqual([{ tag: "Baseline", runs: 2 }]);
  });

  it("are given to all runs or to none", () => {
    const home = example();
    add(home, "run-2", ...Array.from({ length: 16 }, (_, i) => `t${i}`));
    const before = tagsOf(home);
    const documents = ids.map((id) => readFileSync(documentOf(home, id), "utf8"));
    const wish = { add: ["more"], remove: [] };
    expect(() => tagRuns(home, ["run-1", "run-2"], wish)).toThrow(/«Run run-2» would have 17 tags/);
    expect(() => tagRuns(home, ["run-1", "none"], wish)).toThrow(/no run «none»/);
    expect(tagsOf(home)).toEqual(before);
    expect(getRun(home, "run-1").tags).toEqual([]);
    expect(documents[1]).toBe(readFileSync(documentOf(home, "run-2"), "utf8"));
  });

  it("stay when the run changes, leave no trace when it goes for good", () => {
    const home = example();
    add(home, "run-1", "a");
    updateRun(home, "run-1", { name: "Other", status: "finished" }, 5);
    expect(getRun(home, "run-1").tags).toEqual(["a"]);
    putInBin(home, "run-1", 10);
    expect(listTags(home)).toEqual([]);
    expect(() => add(home, "run-1", "b")).toThrow(/in the bin/);
    takeFromBin(home, "run-1");
    expect(getRun(home, "run-1").tags).toEqual(["a"]);
    putInBin(home, "run-1", 10);
    emptyBin(home, 20);
    expect(home.database.prepare("SELECT count(*) FROM tags").pluck().get()).toBe(0);
  });
});

describe("lists", () => {
  it("narrow to the runs that have all of some tags, and search in tags too", () => {
    const home = example();
    add(home, "run-1", "a", "Two words");
    add(home, "run-2", "a");
    const found = (query: Parameters<typeof listRuns>[1]) =>
      listRuns(home, query).runs.map(({ id }) => id);
    expect(found({ tags: ["A"] })).toEqual(["run-2", "run-1"]);
    expect(found({ tags: ["a", "A", "two words"] })).toEqual(["run-1"]);
    expect(found({ tags: ["tw"] })).toEqual([]);
    expect(found({ search: "o wor" })).toEqual(["run-1"]);
    expect(found({ tags: ["a"], search: "run-2" })).toEqual(["run-2"]);
    expect(listRuns(home, { tags: ["a"], limit: 1 })).toMatchObject({ total: 2, runs: [{}] });
  });
});

describe("a list that is made anew", () => {
  it("has the tags of the run folders", () => {
    const folder = join(temporaryFolder(), "home");
    const home = example(folder);
    add(home, "run-1", "Baseline", "b");
    add(home, "run-3", "b");
    putInBin(home, "run-3", 1);
    home.close();
    rmSync(join(folder, "studio.db"));
    const again = openExample(folder);
    expect(again.notices[0]).toContain("made anew");
    expect(getRun(again, "run-1").tags).toEqual(["b", "Baseline"]);
    takeFromBin(again, "run-3");
    expect(getRun(again, "run-3").tags).toEqual(["b"]);
  });

  it("leaves out what somebody wrote into a folder that can be no tag", () => {
    const folder = join(temporaryFolder(), "home");
    const home = example(folder);
    for (const [index, tags] of [["ok", "", "a,b", "OK"], "no list", [1, 2]].entries()) {
      const path = documentOf(home, ids[index]!);
      const document = JSON.parse(readFileSync(path, "utf8")) as object;
      writeFileSync(path, JSON.stringify({ ...document, tags }));
    }
    home.close();
    rmSync(join(folder, "studio.db"));
    expect(tagsOf(openExample(folder))).toEqual([["ok"], [], []]);
  });
});

it("a history from before there were tags gets the place for them, and is copied first", () => {
  const folder = join(temporaryFolder(), "home");
  example(folder).close();
  const path = join(folder, "studio.db");
  const database = new Database(path);
  database.exec("DROP TABLE tags; PRAGMA user_version = 13;");
  database.close();
  const home = openExample(folder);
  expect(tagsOf(home)).toEqual([[], [], []]);
  add(home, "run-1", "a");
  expect(getRun(home, "run-1").tags).toEqual(["a"]);
  expect(existsSync(join(folder, "database.before-migration-14.db"))).toBe(true);
});
