/** Opening a data folder that must be mended or brought to a newer form, killed at each of its steps. */
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { failpoints, type Failpoint } from "../../../main/files/failpoints.ts";
import { commitProgress } from "../../../main/store/commit.ts";
import { openHome, type Home } from "../../../main/store/home.ts";
import { createRunFolder } from "../../../main/store/layout.ts";
import { readMeasurements } from "../../../main/store/measurements.ts";
import { migrate, migrationsOf } from "../../../main/store/migrate.ts";
import { listRuns } from "../../../main/store/run-list.ts";
import { insertRun } from "../../../main/store/runs.ts";
import { tables } from "../../../main/store/tables.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { openExample } from "./support/example.ts";
import { epochCommit, newRun } from "./support/values.ts";

const all = migrationsOf(tables);
const opener = new URL("support/open-home.ts", import.meta.url).pathname;

/** Opens the folder in a process that dies at the failpoint. */
function openAndDie(folder: string, failpoint: Failpoint): void {
  const { signal } = spawnSync(process.execPath, [opener, folder], {
    env: { ...process.env, GAN_STUDIO_FAILPOINT: failpoint, NODE_ENV: "test" },
  });
  expect(signal).toBe("SIGKILL");
}

const contentOf = (home: Home) => [listRuns(home), readMeasurements(home, "run-1")];

let original: { folder: string; content: ReturnType<typeof contentOf> };

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "gan-studio-test-"));
  const home = openHome(folder);
  for (const id of ["run-1", "run-2"]) {
    createRunFolder(folder, id);
    insertRun(home, newRun({ id }));
  }
  const losses = { generator: 390, discriminator: 390.25 };
  commitProgress(home, epochCommit({ losses, samples: [], checkpoint: null }));
  original = { folder, content: contentOf(home) };
  home.close();
});
afterAll(() => {
  rmSync(original.folder, { recursive: true });
});

const copy = (): string => {
  const folder = join(temporaryFolder(), "home");
  cpSync(original.folder, folder, { recursive: true });
  return folder;
};

/** Files of a data folder that only something unfinished leaves. */
const leftovers = (folder: string) =>
  readdirSync(folder).filter((name) => /rebuil|backing-up|suspect|\.tmp$/.test(name));

describe("a damaged database is made anew, killed on the way at", () => {
  const places = failpoints.filter((name) => name.startsWith("rebuild."));
  it.each(places)("%s", (place) => {
    const folder = copy();
    writeFileSync(join(folder, "studio.db"), "damaged");
    openAndDie(folder, place);
    const home = openExample(folder);
    expect(contentOf(home)).toEqual(original.content);
    expect(home.database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(leftovers(folder)).toEqual([]);
    const aside = readdirSync(folder).filter((name) => name.startsWith("database.damaged"));
    expect(aside).toHaveLength(1);
  });
});

describe("an older database", () => {
  /** As the version wrote it whose last migration was `version`. */
  function older(version: number): string {
    const folder = join(temporaryFolder(), "home");
    createRunFolder(folder, "run-1");
    const database = new Database(join(folder, "studio.db"));
    database.pragma("journal_mode = WAL");
    migrate(database, all.slice(0, version));
    database
      .prepare(
        `INSERT INTO runs (id, name, status, dataset, epoch, step, epochs, seconds, createdAt,
           updatedAt, specification) VALUES ('run-1', 'Old', 'finished', 'digits', 1, 4, 1, 9, 5, 5, ?)`,
      )
      .run(JSON.stringify(newRun().specification));
    database.close();
    return folder;
  }
  const versionOf = (path: string): number => {
    const database = new Database(path, { readonly: true });
    const version = database.pragma("user_version", { simple: true }) as number;
    database.close();
    return version;
  };
  const backups = (folder: string) =>
    readdirSync(folder).filter((name) => name.startsWith("database.before"));

  it("is copied before it is brought to this version's form, and only then", () => {
    const folder = older(7);
    const home = openExample(folder);
    expect(listRuns(home).runs).toMatchObject([{ id: "run-1", name: "Old", step: 4, mode: null }]);
    expect(backups(folder)).toEqual(["database.before-migration-8.db"]);
    const path = join(folder, "database.before-migration-8.db");
    expect(versionOf(path)).toBe(7);
    const copied = new Database(path, { readonly: true });
    expect(copied.prepare("SELECT name, step FROM runs").all()).toEqual([{ name: "Old", step: 4 }]);
    copied.close();
    home.close();
    openHome(folder).close();
    expect(backups(folder)).toHaveLength(1);
    expect(backups(copy())).toEqual([]);
  });

  it("leaves the last two copies", () => {
    const folder = older(9);
    for (const number of [3, 5, 8])
      writeFileSync(join(folder, `database.before-migration-${number.toString()}.db`), "");
    openHome(folder).close();
    expect(backups(folder).sort()).toEqual([
      "database.before-migration-10.db",
      "database.before-migration-8.db",
    ]);
  });

  const places = failpoints.filter((name) => name.startsWith("migration."));
  it.each(places)("is of the old form or of the new, killed at %s", (place) => {
    const folder = older(8);
    openAndDie(folder, place);
    expect([8, all.length]).toContain(versionOf(join(folder, "studio.db")));
    const home = openExample(folder);
    expect(listRuns(home).runs).toMatchObject([{ id: "run-1", name: "Old" }]);
    expect(home.database.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(leftovers(folder)).toEqual([]);
    expect(home.notices).toEqual([]);
    expect(existsSync(join(folder, "database.before-migration-9.db"))).toBe(true);
  });
});
