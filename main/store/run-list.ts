/**
 * Lists of runs, a page at a time: searched, filtered, sorted. The places of the page's rows are
 * found in an index that has all that is asked for, and only those rows are read: a row is long,
 * because its specification is in it.
 */
import { tagKey } from "../spec/tags.ts";
import { reading, type Home } from "./connection.ts";
import { isRoot } from "./family.ts";
import { columns, rowOf, type RunRow, type RunStatus, type StoredRow } from "./run-row.ts";
import { hasTagLike, hasTags } from "./tags.ts";

type RunOrder = "started" | "name" | "status" | "dataset" | "steps" | "trained";

export interface RunQuery {
  limit?: number | undefined;
  /** Rows to pass over. */
  offset?: number | undefined;
  /** A part of the name, id, preset, data set or a tag, in whatever case (of the letters a to z). */
  search?: string | undefined;
  /** Tags that a run has all of. Default: any. */
  tags?: readonly string[] | undefined;
  /** Default: all. */
  status?: readonly RunStatus[] | undefined;
  /** Null for runs that come from no preset. Default: all. */
  preset?: string | null | undefined;
  /** Default: by start, newest first. */
  order?: RunOrder | undefined;
  descending?: boolean | undefined;
  /** The runs of the bin instead of the history's. */
  deleted?: boolean | undefined;
  /**
   * `roots`: those that hang below no other; or the runs that hang below one: forks of `parent`, or
   * the members of `group`. Default: all.
   */
  family?: "roots" | { parent: string } | { group: string } | undefined;
}

const orders: Record<RunOrder, string> = {
  started: "createdAt",
  name: "name COLLATE NOCASE",
  status: "status",
  dataset: "dataset COLLATE NOCASE",
  steps: "step",
  trained: "seconds",
};

/** Rows of the page that `limit` and `offset` cut out, and how many there are in all. */
export function listRuns(
  home: Home,
  query: RunQuery = {},
): { runs: RunRow[]; total: number; below?: number } {
  const { limit = -1, offset = 0, order = "started", descending = order === "started" } = query;
  const where = conditionsOf(query);
  const direction = descending ? "DESC" : "ASC";
  // The names are those of this file, never a caller's text. Ties go by start, and then by id.
  const sorting = `${orders[order]} ${direction}, createdAt ${direction}, id ${direction}`;
  const values = { ...where.values, limit, offset };
  return reading(home, (database) => {
    const countOf = ({ sql, values }: typeof where): number =>
      database.prepare<[object], number>(`SELECT count(*) FROM runs ${sql}`).pluck().get(values) ??
      0;
    const total = countOf(where);
    const whole = query.family === "roots" ? conditionsOf({ ...query, family: undefined }) : null;
    const rows = database
      .prepare<[object], StoredRow>(
        `SELECT ${columns} FROM runs JOIN (
           SELECT rowid AS place FROM runs ${where.sql} ORDER BY ${sorting} LIMIT @limit OFFSET @offset
         ) ON runs.rowid = place ORDER BY ${sorting}`,
      )
      .all(values);
    return { runs: rows.map(rowOf), total, ...(whole && { below: countOf(whole) - total }) };
  });
}

function conditionsOf({ search, tags = [], status, preset, deleted = false, family }: RunQuery) {
  const part = search?.trim() ?? "";
  const keys = [...new Set(tags.map(tagKey))];
  const found = ["name", "id", "preset", "dataset"]
    .map((column) => `${column} LIKE @pattern ESCAPE '\\'`)
    .concat(hasTagLike)
    .join(" OR ");
  const conditions = [
    `id ${deleted ? "IN" : "NOT IN"} (SELECT run FROM bin)`,
    ...(part === "" ? [] : [`(${found})`]),
    ...(keys.length === 0 ? [] : [hasTags]),
    ...(status === undefined ? [] : ["status IN (SELECT value FROM json_each(@status))"]),
    ...(preset === undefined ? [] : ["preset IS @preset"]),
    ...(family === undefined ? [] : [familyCondition(family)]),
  ];
  const values = {
    ...(part !== "" && { pattern: `%${part.replace(/[\\%_]/g, "\\$&")}%` }),
    ...(keys.length > 0 && { tags: JSON.stringify(keys) }),
    ...(status !== undefined && { status: JSON.stringify(status) }),
    ...(preset !== undefined && { preset }),
    ...(typeof family === "object" && family),
  };
  return { sql: `WHERE ${conditions.join(" AND ")}`, values };
}

function familyCondition(family: NonNullable<RunQuery["family"]>): string {
  if (family === "roots") return isRoot;
  return "parent" in family
    ? "id IN (SELECT run FROM family WHERE parent = @parent)"
    : "id IN (SELECT run FROM family WHERE seedGroup = @group)";
}
