import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { Problem, type ProblemCode } from "../../../main/spec/problem.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { listCheckpoints } from "../../../main/store/checkpoints.ts";
import { listEvents } from "../../../main/store/events.ts";
import { openHome } from "../../../main/store/home.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { getRun, getSpecification, insertRun } from "../../../main/store/runs.ts";
import { listSamples } from "../../../main/store/samples.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun } from "./support/values.ts";

function problemOf(folder: string): Problem {
  try {
    openHome(folder).close();
  } catch (thrown) {
    if (thrown instanceof Problem) return thrown;
    throw thrown;
  }
  throw new Error("the folder could be opened");
}

function expectProblem(folder: string, code: ProblemCode, text: string): void {
  const problem = problemOf(folder);
  expect.soft(problem.code).toBe(code);
  expect.soft(problem.message).toContain(text);
  expect.soft(problem.message).toContain(folder);
}

/** A closed data folder with one run. */
function exampleFolder(): string {
  const folder = join(temporaryFolder(), "home");
  const home = openHome(folder);
  insertRun(home, newRun());
  commitProgress(home, epochCommit());
  home.close();
  return folder;
}

/** Name and content of every file but the lock. */
const contentOf = (folder: string) =>
  readdirSync(folder)
    .filter((name) => name !== "lock.db")
    .map((name) => [name, readFileSync(join(folder, name)).toString("base64")]);

describe("openHome", () => {
  it("creates the folder with all above it, for this user alone", () => {
    const folder = join(temporaryFolder(), "a", "b");
    const home = openExample(folder);
    expect(home.folder).toBe(folder);
    if (process.platform !== "win32") expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(listRuns(home).runs).toEqual([]);
  });

  it("shows everything as it was when it is opened again", () => {
    const folder = join(temporaryFolder(), "home");
    const read = () => {
      const home = openHome(folder);
      const all = [
        listRuns(home).runs,
        getSpecification(home, "run-1"),
        readMeasurements(home, "run-1"),
        listSamples(home, "run-1"),
        listCheckpoints(home, "run-1"),
        listEvents(home, "run-1"),
      ];
      home.close();
      return all;
    };
    const home = openHome(folder);
    insertRun(home, newRun());
    commitProgress(home, epochCommit());
    home.close();
    const first = read();
    expect(first[0]).toHaveLength(1);
    expect(first[3]).toHaveLength(1);
    expect(read()).toEqual(first);
  });

  it("keeps commits through a power cut: write-ahead log, full syncing; and trusts no schema", () => {
    const { database } = openExample();
    const setting = (name: string) => database.pragma(name, { simple: true });
    expect(setting("journal_mode")).toBe("wal");
    expect(setting("synchronous")).toBe(2);
    expect(setting("foreign_keys")).toBe(1);
    expect(setting("trusted_schema")).toBe(0);
    expect(setting("cell_size_check")).toBe(1);
  });

  it("can be closed twice, and opened at once after", () => {
    const home = openExample();
    home.close();
    home.close();
    expect(listRuns(openExample(home.folder)).runs).toEqual([]);
  });

  it("leaves files alone that are not its own", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "notes.txt"), "mine");
    openExample(folder);
    expect(readFileSync(join(folder, "notes.txt"), "utf8")).toBe("mine");
  });

  it("refuses a name that is empty, a file's, or below a file's", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "content");
    expectProblem(file, "home.unwritable", "--home");
    expectProblem(join(file, "below"), "home.unwritable", "--home");
    expect(problemOf(" ").code).toBe("home.unwritable");
    expect(readFileSync(file, "utf8")).toBe("content");
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "refuses a folder that it may not write to",
    () => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o500);
      expectProblem(folder, "home.unwritable", "--home");
      expectProblem(join(folder, "below"), "home.unwritable", "--home");
      chmodSync(folder, 0o700);
    },
  );

  it("refuses a folder where the database's name is a folder's", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "studio.db"));
    expectProblem(folder, "home.foreign", "it is not a file");
  });
});

describe("openHome, when the database is not what it should be", () => {
  it("refuses one of a newer version and changes no byte of it", () => {
    const folder = exampleFolder();
    const database = new Database(join(folder, "studio.db"));
    database.pragma("user_version = 99");
    database.exec("CREATE TABLE fromTheFuture (x)");
    database.close();
    const before = contentOf(folder);
    expectProblem(folder, "home.newer", "newer GAN Studio");
    const after = contentOf(folder);
    expect(after.filter(([name]) => name === "studio.db")).toEqual(before);
    // What SQLite may leave beside it is empty of commits.
    expect(after.filter(([name, content]) => name?.endsWith("-wal") && content !== "")).toEqual([]);
    expectProblem(folder, "home.newer", "newer GAN Studio");
  });

  it("refuses a newer one that crashed, whose newest commits are still in its log", () => {
    const [from, folder] = [exampleFolder(), temporaryFolder()];
    const database = new Database(join(from, "studio.db"));
    database.pragma("user_version = 99");
    for (const name of ["studio.db", "studio.db-wal"]) {
      copyFileSync(join(from, name), join(folder, name));
    }
    database.close();
    const before = contentOf(folder);
    expect(before).toHaveLength(2);
    expectProblem(folder, "home.newer", "newer GAN Studio");
    expect(contentOf(folder).filter(([name]) => !name?.endsWith("-shm"))).toEqual(before);
  });

  it("reads the commits of a crash from the log", () => {
    const [from, folder] = [join(temporaryFolder(), "home"), temporaryFolder()];
    const home = openExample(from);
    insertRun(home, newRun());
    for (const name of ["studio.db", "studio.db-wal"]) {
      copyFileSync(join(from, name), join(folder, name));
    }
    expect(getRun(openExample(folder), "run-1").name).toBe("First run");
  });

  it("refuses another program's database and changes no byte of it", () => {
    const folder = temporaryFolder();
    const database = new Database(join(folder, "studio.db"));
    database.exec("CREATE TABLE bookmarks (url); INSERT INTO bookmarks VALUES ('x')");
    database.close();
    const before = contentOf(folder);
    expectProblem(folder, "home.foreign", "another program");
    expect(contentOf(folder)).toEqual(before);
  });

  it("says which file to move away when the lock is not a lock", () => {
    const folder = exampleFolder();
    writeFileSync(join(folder, "lock.db"), "not a database at all ".repeat(100));
    expectProblem(folder, "home.foreign", "lock.db");
    expect(existsSync(join(folder, "lock.db"))).toBe(true);
  });
});
