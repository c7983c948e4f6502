import Database from "better-sqlite3";
import { describe, expect, it } from "vitest";
import { checkSqliteVersion } from "../../../main/store/database.ts";
import { applicationId, migrate, migrationsOf } from "../../../main/store/migrate.ts";
import { tables } from "../../../main/store/tables.ts";

const versionOf = (database: Database.Database) =>
  database.pragma("user_version", { simple: true });
const namesOf = (database: Database.Database) =>
  database.prepare("SELECT name FROM sqlite_schema ORDER BY name").pluck().all();

const one = { version: 1, sql: "CREATE TABLE a (x);" };
const two = { version: 2, sql: "CREATE TABLE b (x); INSERT INTO b VALUES (7);" };
const broken = { version: 3, sql: "CREATE TABLE c (x); INSERT INTO missing VALUES (1);" };

describe("migrationsOf", () => {
  it("finds those of this version numbered without a hole, over all tables", () => {
    const versions = migrationsOf(tables).map(({ version }) => version);
    expect(versions).toEqual(versions.map((_, index) => index + 1));
    expect(new Set(tables.map(({ name }) => name)).size).toBe(tables.length);
  });

  it("refuses holes, duplicates, a start elsewhere", () => {
    const lists = [[1, 3], [1, 1], [2], [0, 1], [1, 2, 2.5]];
    for (const versions of lists) {
      const migrations = versions.map((version) => ({ version, sql: "" }));
      expect.soft(() => migrationsOf([{ name: "t", migrations }])).toThrow(/without holes/);
    }
  });
});

describe("migrate", () => {
  it("runs what is missing, once, and marks the database as ours", () => {
    const database = new Database(":memory:");
    migrate(database, [one]);
    migrate(database, [one, two]);
    migrate(database, [one, two]);
    expect(namesOf(database)).toEqual(["a", "b"]);
    expect(database.prepare("SELECT x FROM b").pluck().all()).toEqual([7]);
    expect(versionOf(database)).toBe(2);
    expect(database.pragma("application_id", { simple: true })).toBe(applicationId);
  });

  it("leaves the database as it was when one of several fails", () => {
    const database = new Database(":memory:");
    migrate(database, [one]);
    expect(() => {
      migrate(database, [one, two, broken]);
    }).toThrow(/missing/);
    expect(namesOf(database)).toEqual(["a"]);
    expect(versionOf(database)).toBe(1);
    expect(database.inTransaction).toBe(false);
  });

  it("refuses a newer database", () => {
    const database = new Database(":memory:");
    migrate(database, [one, two]);
    expect(() => {
      migrate(database, [one]);
    }).toThrow(/newer GAN Studio/);
  });
});

describe("checkSqliteVersion", () => {
  it("refuses versions that can lose commits", () => {
    for (const version of ["3.51.2", "3.50.9", "3.9.3", "2.99.99", "nonsense"]) {
      expect
        .soft(() => {
          checkSqliteVersion(version);
        }, version)
        .toThrow(/3\.51\.3/);
    }
    for (const version of ["3.51.3", "3.53.0", "3.100.0", "4.0.0"]) {
      expect
        .soft(() => {
          checkSqliteVersion(version);
        }, version)
        .not.toThrow();
    }
  });
});
