/** Evaluations: how good the images of a run's checkpoints are, by the protocol that was used. */
import { protocolKey, type Estimate, type Evaluation } from "../spec/evaluation.ts";
import { reading, storing, type Connection, type Home } from "./connection.ts";
import { describeRow, getRun } from "./runs.ts";
import type { Table } from "./table.ts";

export const evaluations: Table = {
  name: "evaluations",
  migrations: [
    {
      version: 13,
      sql: `
        CREATE TABLE evaluations (
          run TEXT NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
          step INTEGER NOT NULL,
          epoch INTEGER NOT NULL,
          protocolKey TEXT NOT NULL,
          protocol TEXT NOT NULL,
          measured TEXT NOT NULL,
          remarks TEXT NOT NULL,
          seconds REAL NOT NULL,
          createdAt INTEGER NOT NULL,
          PRIMARY KEY (run, step, protocolKey)
        ) STRICT, WITHOUT ROWID;
      `,
    },
  ],
};

type StoredRow = Record<"protocol" | "measured" | "remarks", string> &
  Record<"step" | "epoch" | "seconds", number>;

/** JSON has no NaN and no infinities: these are stored as texts. */
const textOf = (values: Evaluation["values"]): string =>
  JSON.stringify(values, (_, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );

const valuesOf = (text: string): Evaluation["values"] => {
  const stored = JSON.parse(text) as Record<string, Record<keyof Estimate, number | string>>;
  return Object.fromEntries(
    Object.entries(stored).map(([metric, { value, low, high }]) => [
      metric,
      { value: Number(value), low: Number(low), high: Number(high) },
    ]),
  );
};

/** Replaces what was measured at that step by the same protocol. Throws `run.unknown`. */
export function putEvaluation(home: Home, run: string, evaluation: Evaluation, now: number): void {
  const { step, epoch, protocol, values, remarks, seconds } = evaluation;
  storing(home, (database) => {
    getRun(home, run);
    database
      .prepare("INSERT OR REPLACE INTO evaluations VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(
        ...[run, step, epoch, protocolKey(protocol), JSON.stringify(protocol), textOf(values)],
        ...[JSON.stringify(remarks), seconds, now],
      );
    describeRow(home, run);
  });
}

/** By step; of one step in the order in which they were measured. */
export function listEvaluations(home: Home, run: string): Evaluation[] {
  const rows = reading(home, (database) =>
    database
      .prepare<[string], StoredRow>(
        `SELECT step, epoch, protocol, measured, remarks, seconds
         FROM evaluations WHERE run = ? ORDER BY step, createdAt`,
      )
      .all(run),
  );
  return rows.map(({ protocol, measured, remarks, ...row }) => ({
    ...row,
    protocol: JSON.parse(protocol) as Evaluation["protocol"],
    values: valuesOf(measured),
    remarks: JSON.parse(remarks) as string[],
  }));
}

/** Part of a transaction: forgets those after `step`, whose checkpoints will be others. */
export function deleteEvaluationsAfter(database: Connection, run: string, step: number): void {
  database.prepare("DELETE FROM evaluations WHERE run = ? AND step > ?").run(run, step);
}
