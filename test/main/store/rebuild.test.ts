/** A damaged or lost database, and what becomes of the runs whose folders are still there. */
import {
  appendFileSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkupMeasures, type Checkup } from "../../../main/spec/doctor/checkup.ts";
import { putInBin, takeFromBin } from "../../../main/store/bin.ts";
import { listCheckpoints } from "../../../main/store/checkpoints.ts";
import { commitEvent, commitProgress } from "../../../main/store/commit.ts";
import { listDatasets, putDataset } from "../../../main/store/datasets.ts";
import { describeRun } from "../../../main/store/describe-run.ts";
import { storing } from "../../../main/store/connection.ts";
import { listEvents } from "../../../main/store/events.ts";
import { insertParent, joinGroup } from "../../../main/store/family.ts";
import { openHome, type Home } from "../../../main/store/home.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { readCheckups, readMeasurements } from "../../../main/store/measurements.ts";
import { rewindRun } from "../../../main/store/rewind.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, getSpecification, insertRun, updateRun } from "../../../main/store/runs.ts";
import { insertGroup, listGroups } from "../../../main/store/seed-groups.ts";
import { insertSitting, listSittings } from "../../../main/store/sittings.ts";
import { listSamples } from "../../../main/store/samples.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, measurement, newRun, specification } from "./support/values.ts";

const checkup = Object.fromEntries(
  checkupMeasures.map((name, index) => [name, index === 0 ? NaN : index]),
) as unknown as Checkup;

/** What an epoch leaves on disk and in the database. */
function commitEpoch(home: Home, runId: string, step: number): void {
  const commit = epochCommit({ runId, step, epoch: step / 10, now: 1000 + step });
  const name = `step-${step.toString().padStart(9, "0")}`;
  const [sample] = commit.samples.map((row) => ({
    ...row,
    ...{ step, epoch: step / 10, file: `samples/${name}.png`, bytes: 8 },
  }));
  const file = `checkpoints/${name}.safetensors`;
  for (const path of [sample!.file, file]) {
    writeFileSync(join(home.folder, "runs", runId, path), "12345678");
  }
  commitProgress(home, {
    ...commit,
    measurements: [
      measurement(step - 1, NaN),
      { ...measurement(step, -Infinity), ...(step === 20 && { checkup }) },
    ],
    losses: { generator: -Infinity, discriminator: -Infinity },
    samples: [sample!],
    checkpoint: { ...commit.checkpoint!, step, epoch: step / 10, file, bytes: 8 },
    events: [{ at: step, step, kind: "saved", detail: "" }],
  });
}

/** Runs of every kind, a data set, and one run in the bin. */
function fill(home: Home): void {
  for (const [index, id] of ["run-1", "run-2", "run-3"].entries()) {
    createRunFolder(home.folder, id);
    insertRun(home, newRun({ id, createdAt: 1000 + index }));
    commitEvent(home, id, { at: 5, step: 0, kind: "started", detail: "" });
    updateRun(home, id, { status: "running", engine: "wasm", mode: "eager" }, 1001);
    for (const step of [10, 20, 30]) commitEpoch(home, id, step);
  }
  rewindRun(home, "run-2", 10, 2000);
  commitEpoch(home, "run-2", 20);
  const longer = { ...specification, loop: { ...specification.loop, epochs: 77 } };
  updateRun(home, "run-2", { name: "Renamed", specification: longer }, 3000);
  storing(home, (database) => {
    insertParent(database, "run-2", { run: "run-1", step: 10, epoch: 1 });
  });
  insertGroup(home, { id: "group-1", name: "Seeds", seeds: [1, 2], createdAt: 9 });
  joinGroup(home, "run-1", "group-1");
  insertSitting(home, "run-1", { at: 5, step: 0, surroundings: { engine: "wasm" } as never });
  const failed = { status: "failed", reason: "It diverged.", code: "run.diverged" } as const;
  for (const id of ["run-1", "run-2", "run-3"]) updateRun(home, id, failed, 3001);
  putInBin(home, "run-3", 4000);
  putDataset(home, {
    ...{ id: "digits-1", name: "Mine", source: { kind: "digits", count: 64, seed: 1 } },
    ...{ image: { height: 28, width: 28, channels: 1 }, length: 64, classCounts: [32, 32] },
    addedAt: 7,
  });
}

const runOf = (home: Home, id: string) => ({
  run: getRun(home, id),
  specification: getSpecification(home, id),
  measurements: readMeasurements(home, id),
  checkups: readCheckups(home, id),
  samples: listSamples(home, id),
  checkpoints: listCheckpoints(home, id),
  events: listEvents(home, id),
  sittings: listSittings(home, id),
});

const contentOf = (home: Home) => ({
  runs: [runOf(home, "run-1"), runOf(home, "run-2")],
  list: listRuns(home),
  bin: listRuns(home, { deleted: true }).runs.map(({ id }) => id),
  datasets: listDatasets(home),
  groups: listGroups(home),
});

let original: { folder: string; content: ReturnType<typeof contentOf> };

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
  const home = openHome(folder);
  fill(home);
  original = { folder, content: contentOf(home) };
  home.close();
});
afterAll(() => {
  rmSync(original.folder, { recursive: true });
});

function filledFolder() {
  const folder = join(temporaryFolder(), "home");
  cpSync(original.folder, folder, { recursive: true });
  return { folder, content: original.content, path: join(folder, "studio.db") };
}

const damages: Record<string, (path: string) => void> = {
  "that is text": (path) => {
    writeFileSync(path, "not a database at all ".repeat(100));
  },
  "of zeros": (path) => {
    writeFileSync(path, new Uint8Array(8192));
  },
  "with a wrong magic number": (path) => {
    writeFileSync(path, readFileSync(path).fill(0x20, 0, 16));
  },
  "that ends in its first page": (path) => {
    truncateSync(path, 50);
  },
  "that ends in its middle": (path) => {
    truncateSync(path, 5000);
  },
  "that is empty": (path) => {
    truncateSync(path, 0);
  },
  "that is gone": (path) => {
    rmSync(path);
  },
  "whose pages but the first are garbage": (path) => {
    const file = openSync(path, "r+");
    for (let page = 4096; page < statSync(path).size; page += 4096)
      writeSync(file, Buffer.alloc(4096, 0xa5), 0, 4096, page);
    closeSync(file);
  },
  "with a page of garbage": (path) => {
    const bytes = readFileSync(path);
    writeFileSync(path, bytes.fill(0xa5, bytes.length - 4096));
  },
  "that lacks a table": (path) => {
    const database = new Database(path);
    database.exec("DROP TABLE samples");
    database.close();
  },
};

const damagedFiles = (folder: string) =>
  readdirSync(folder).filter((name) => /^database\.damaged-[\dT]+\.db$/.test(name));

describe("openHome makes the list of runs anew from the run folders", () => {
  it.each(Object.entries(damages))("of a database %s", (name, damage) => {
    const { folder, content, path } = filledFolder();
    damage(path);
    const before = existsSync(path) ? readFileSync(path) : null;
    const home = openExample(folder);
    expect(contentOf(home)).toEqual(content);
    expect(home.notices).toHaveLength(1);
    expect(home.notices[0]).toMatch(/made anew from the run folders: 2 runs, and 1 run in the bin/);
    expect(home.database.pragma("integrity_check", { simple: true })).toBe("ok");
    const aside = damagedFiles(folder);
    expect(aside).toHaveLength(before === null ? 0 : 1);
    if (before && name !== "that lacks a table")
      expect(readFileSync(join(folder, aside[0]!)).subarray(0, 4096)).toEqual(
        before.subarray(0, 4096),
      );
    if (aside[0]) expect(home.notices[0]).toContain(aside[0]);
    takeFromBin(home, "run-3");
    expect(getRun(home, "run-3").step).toBe(30);
    home.close();
    expect(openExample(folder).notices).toEqual([]);
  });

  it("with what a crash left of a line, of lines that were altered, and of files that are gone", () => {
    const { folder, path } = filledFolder();
    const record = join(folder, "runs", "run-1", "record.jsonl");
    const lines = readFileSync(record, "utf8").split("\n");
    const third = lines.findLastIndex((line) => line.includes('"step":30'));
    const altered = lines.with(third, (lines[third] ?? "").replace('"epoch":3', '"epoch":4'));
    writeFileSync(record, altered.join("\n"));
    appendFileSync(record, '0123456789abcdef {"kind":"prog');
    rmSync(join(folder, "runs", "run-2", "checkpoints", "step-000000010.safetensors"));
    writeFileSync(join(folder, "runs", "run-2", "samples", "step-000000010.png"), "torn");
    writeFileSync(path, "damaged");
    const home = openExample(folder);
    expect(getRun(home, "run-1")).toMatchObject({ step: 20, epoch: 2 });
    expect(readMeasurements(home, "run-1").steps).toEqual([9, 10, 19, 20]);
    expect(listCheckpoints(home, "run-2").map(({ step }) => step)).toEqual([20]);
    expect(listSamples(home, "run-2").map(({ step }) => step)).toEqual([20]);
    expect(home.notices[0]).toContain("Not everything could be read: run-1: parts of its course.");
    // The next line does not hang on to the torn one.
    commitEpoch(home, "run-1", 30);
    updateRun(home, "run-1", { status: "stopped" }, 5000);
    const whole = runOf(home, "run-1");
    home.close();
    writeFileSync(path, "damaged again");
    expect(runOf(openExample(folder), "run-1")).toEqual(whole);
  });

  it("but for folders that do not say what they are, which it names and leaves alone", () => {
    const { folder, path } = filledFolder();
    const strange: [string, string][] = [
      ["nothing", ""],
      ["text", "this is no JSON"],
      ["other", JSON.stringify({ format: "something else" })],
      ["borrowed", readFileSync(join(folder, "runs", "run-1", "run.json"), "utf8")],
    ];
    for (const [id, text] of strange) {
      mkdirSync(join(folder, "runs", id));
      if (text !== "") writeFileSync(join(folder, "runs", id, "run.json"), text);
    }
    writeFileSync(path, "damaged");
    const home = openExample(folder);
    expect(listRuns(home).total).toBe(2);
    for (const [id] of strange) {
      expect(home.notices[0]).toContain(id);
      expect(existsSync(join(folder, "runs", id))).toBe(true);
    }
  });

  it("but for a run that cannot be put into it, and for a second folder of one that is", () => {
    const { folder, path } = filledFolder();
    const own = join(folder, "runs", "run-2", "run.json");
    const document = JSON.parse(readFileSync(own, "utf8")) as object;
    const family = [{ run: "run-2", parent: "run-1", step: "ten", epoch: 1, seedGroup: null }];
    writeFileSync(own, JSON.stringify({ ...document, tables: { family } }));
    cpSync(join(folder, "runs", "run-1"), join(folder, "bin", "run-1"), { recursive: true });
    writeFileSync(path, "damaged");
    const home = openExample(folder);
    expect(listRuns(home).runs.map(({ id }) => id)).toEqual(["run-1"]);
    expect(home.notices[0]).toMatch(/run-2: .*run-1: there is another folder of this run/s);
  });

  it("after damage was met in a database too large to be read at every start", () => {
    const { folder, path, content } = filledFolder();
    const home = openHome(folder);
    const bytes = readFileSync(path);
    home.database.pragma("wal_checkpoint(TRUNCATE)");
    // The cache of the connection must not answer.
    home.database.pragma("cache_size = 0");
    writeFileSync(path, bytes.fill(0xa5, 4096));
    expect(() => contentOf(home)).toThrow(
      expect.objectContaining({ code: "home.damaged" }) as Error,
    );
    expect(existsSync(join(folder, "database.suspect"))).toBe(true);
    home.close();
    expect(contentOf(openExample(folder))).toEqual(content);
    expect(existsSync(join(folder, "database.suspect"))).toBe(false);
  });

  it("takes an empty database for new where there are no runs", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "studio.db"), "");
    const home = openExample(folder);
    expect(listRuns(home).runs).toEqual([]);
    expect(home.notices).toEqual([]);
  });
});

describe("a run's folder", () => {
  it("that does not describe itself yet does so when the data folder is opened", () => {
    const { folder, content, path } = filledFolder();
    for (const name of ["run.json", "record.jsonl"]) rmSync(join(folder, "runs", "run-1", name));
    openHome(folder).close();
    writeFileSync(path, "damaged");
    expect(contentOf(openExample(folder))).toEqual(content);
  });

  it("that cannot be written is told of, and keeps the others open", () => {
    const { folder } = filledFolder();
    const record = join(folder, "runs", "run-1", "record.jsonl");
    rmSync(record);
    mkdirSync(record);
    rmSync(join(folder, "runs", "run-1", "run.json"));
    rmSync(join(folder, "runs", "run-2", "run.json"));
    const home = openExample(folder);
    expect(listRuns(home).total).toBe(2);
    expect(home.notices).toEqual([expect.stringMatching(/^The run run-1 cannot be described/)]);
    expect(existsSync(join(folder, "runs", "run-2", "run.json"))).toBe(true);
  });

  it("can be described anew at any time, with the same result", () => {
    const { folder, content, path } = filledFolder();
    const home = openHome(folder);
    describeRun(home, "run-2");
    home.close();
    writeFileSync(path, "damaged");
    expect(contentOf(openExample(folder))).toEqual(content);
  });
});
