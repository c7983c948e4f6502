import { describe, expect, expectTypeOf, it } from "vitest";
import type * as contract from "../../../main/contract/runs.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";
import {
  getRun,
  getSpecification,
  insertRun,
  updateRun,
  type RunRow,
} from "../../../main/store/runs.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import type { RunStatus } from "../../../main/store/run-row.ts";
import { openExample } from "./support/example.ts";
import { newRun, specification } from "./support/values.ts";

describe("insertRun", () => {
  it("stores a run that has done nothing yet", () => {
    const home = openExample();
    const row = insertRun(home, newRun());
    expect(row).toEqual({
      id: "run-1",
      name: "First run",
      preset: "vanilla-mlp",
      status: "starting",
      reason: null,
      code: null,
      dataset: "digits",
      engine: null,
      mode: null,
      epoch: 0,
      step: 0,
      epochs: specification.loop.epochs,
      losses: null,
      seconds: 0,
      newestSample: null,
      parent: null,
      group: null,
      forks: 0,
      tags: [],
      createdAt: 1000,
      updatedAt: 1000,
    });
    expect(getRun(home, "run-1")).toEqual(row);
    expect(parseSpecification(getSpecification(home, "run-1"))).toEqual(specification);
  });

  it("refuses an id that is taken and leaves the first run as it is", () => {
    const home = openExample();
    insertRun(home, newRun());
    const again = () => insertRun(home, newRun({ name: "Second" }));
    expect(again).toThrow(expect.objectContaining({ code: "run.state" }) as Error);
    expect(listRuns(home).runs.map(({ name }) => name)).toEqual(["First run"]);
  });

  it("refuses a status that does not exist", () => {
    const home = openExample();
    expect(() => insertRun(home, newRun({ status: "done" as RunStatus }))).toThrow(/CHECK/);
    expect(listRuns(home).runs).toEqual([]);
  });

  it("keeps any name as text", () => {
    const home = openExample();
    const names = [
      "'; DROP TABLE runs; --",
      "größe «x» \u{1f600}",
      "line\nline",
      "%_\\",
      "__proto__",
    ];
    for (const [index, name] of names.entries()) {
      insertRun(home, newRun({ id: `run-${index}`, name, createdAt: index }));
    }
    expect(listRuns(home).runs.map(({ name }) => name)).toEqual(names.reverse());
  });

  it("knows the states and fields that the contract shows", () => {
    expectTypeOf<RunStatus>().toEqualTypeOf<contract.RunStatus>();
    expectTypeOf<RunRow>().toEqualTypeOf<contract.RunSummary>();
  });
});

describe("getRun, getSpecification and updateRun", () => {
  it("say that a run does not exist", () => {
    const home = openExample();
    const unknown = expect.objectContaining({ code: "run.unknown" }) as Error;
    for (const id of ["none", "", "../run-1", "toString"]) {
      expect.soft(() => getRun(home, id)).toThrow(unknown);
      expect.soft(() => getSpecification(home, id)).toThrow(unknown);
      expect.soft(() => updateRun(home, id, { status: "failed" }, 1)).toThrow(unknown);
    }
  });
});

describe("updateRun", () => {
  it("changes what is named, nulls included, and leaves the rest", () => {
    const home = openExample();
    const before = insertRun(home, newRun());
    const failure = { status: "failed", reason: "It broke.", code: "disk.full" } as const;
    const failed = updateRun(home, "run-1", failure, 5);
    expect(failed).toEqual({ ...before, ...failure, updatedAt: 5 });
    const better = { status: "running", reason: null, code: null, engine: "wasm" } as const;
    const again = updateRun(home, "run-1", better, 6);
    expect(again).toEqual({ ...before, status: "running", engine: "wasm", updatedAt: 6 });
    expect(updateRun(home, "run-1", {}, 7)).toEqual({ ...again, updatedAt: 7 });
  });

  it("takes the epochs that are asked for from a new specification", () => {
    const home = openExample();
    insertRun(home, newRun());
    const longer = { ...specification, loop: { ...specification.loop, epochs: 777 } };
    expect(updateRun(home, "run-1", { specification: longer }, 5).epochs).toBe(777);
    expect(getSpecification(home, "run-1")).toEqual(longer);
  });

  it("touches one run alone", () => {
    const home = openExample();
    insertRun(home, newRun());
    const other = insertRun(home, newRun({ id: "run-2" }));
    updateRun(home, "run-1", { status: "failed" }, 9);
    expect(getRun(home, "run-2")).toEqual(other);
  });
});
