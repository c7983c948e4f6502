/**
 * What must hold in a data folder after any crash, looked at from outside: by a connection of its own
 * that only reads, and the files themselves.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { measureColumns } from "../../main/store/measurements.ts";
import { isAlive } from "./program.ts";

export interface Findings {
  /** Epochs that were acknowledged and are not there. */
  lost: string[];
  /** Files that the database names and that are missing or not what was written. */
  torn: string[];
  /** What SQLite says of the database, where that is not «ok», and rows that contradict each other. */
  integrity: string[];
  /** Temporary files of processes that are gone. */
  temporary: string[];
  /** Runs whose status is not that of a run without a process. */
  status: string[];
}

const noFindings = (): Findings => ({
  ...{ lost: [], torn: [], integrity: [], temporary: [] },
  status: [],
});

export interface Expected {
  id: string;
  /** The most that was acknowledged since the run began. */
  epoch: number;
  step: number;
  stepsPerEpoch: number;
  /** No process trains it. */
  isEnded: boolean;
}

interface FileRow {
  step: number;
  epoch: number;
  file: string;
  bytes: number;
  sha256: string;
}

/** Looks at one run of a data folder. `swept`: it was opened since the crash, so nothing may lie about. */
export function findingsOf(home: string, expected: Expected | null, swept: boolean): Findings {
  const findings = noFindings();
  if (swept) findings.temporary.push(...staleTemporaryFiles(home));
  const path = join(home, "studio.db");
  if (!existsSync(path)) {
    if (expected) findings.lost.push("the database is gone");
    return findings;
  }
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    const check = database.pragma("integrity_check", { simple: true });
    if (check !== "ok") findings.integrity.push(String(check));
    const foreign = database.pragma("foreign_key_check") as unknown[];
    if (foreign.length > 0) findings.integrity.push(`${foreign.length} rows without their run`);
    if (expected) lookAtRun(database, home, expected, findings);
  } finally {
    database.close();
  }
  return findings;
}

function lookAtRun(
  database: Database.Database,
  home: string,
  { id, epoch, step, stepsPerEpoch, isEnded }: Expected,
  findings: Findings,
): void {
  const run = database.prepare("SELECT epoch, step, status FROM runs WHERE id = ?").get(id) as
    { epoch: number; step: number; status: string } | undefined;
  if (!run) {
    findings.lost.push(`${id} is gone`);
    return;
  }
  // Only what a checkpoint holds is promised: a run goes on from there.
  const promised = epoch * stepsPerEpoch;
  if (run.epoch < epoch)
    findings.lost.push(`epoch ${epoch} (step ${step}) was told, ${run.epoch} is stored`);
  if (isEnded && ["starting", "running", "paused"].includes(run.status))
    findings.status.push(`${id} is ${run.status}`);
  const filesOf = (table: string) =>
    database
      .prepare<[string], FileRow>(
        `SELECT step, epoch, file, bytes, sha256 FROM ${table} WHERE run = ? ORDER BY step`,
      )
      .all(id);
  const checkpoints = filesOf("checkpoints");
  const samples = filesOf("samples");
  for (const row of [...checkpoints, ...samples]) {
    const wrong = wrongFile(join(home, "runs", id, row.file), row);
    if (wrong !== null) findings.torn.push(`${row.file}: ${wrong}`);
  }
  if (promised > 0 && !checkpoints.some((row) => row.step >= promised))
    findings.lost.push(`no checkpoint of epoch ${epoch}`);
  const drawn = new Set(samples.map((row) => row.step));
  for (let told = 1; told <= epoch; told++)
    if (!drawn.has(told * stepsPerEpoch)) findings.lost.push(`no images of epoch ${told}`);
  const measured = database
    .prepare("SELECT step FROM measurements WHERE run = ? ORDER BY step")
    .pluck()
    .all(id) as number[];
  if (measured.slice(0, promised).some((at, place) => at !== place + 1))
    findings.lost.push(`measurements before step ${promised}`);
  if (measured.length < promised)
    findings.lost.push(`${promised - measured.length} measurements of told epochs`);
  const ahead = measured.at(-1) ?? 0;
  if (ahead > run.step) findings.integrity.push(`measured ${ahead}, stands at ${run.step}`);
}

function wrongFile(path: string, { bytes, sha256 }: FileRow): string | null {
  if (!existsSync(path)) return "missing";
  const content = readFileSync(path);
  if (content.length !== bytes) return `${content.length} bytes instead of ${bytes}`;
  const found = createHash("sha256").update(content).digest("hex");
  return found === sha256 ? null : "another content";
}

/** Their names hold the id of who wrote them. */
function staleTemporaryFiles(home: string): string[] {
  if (!existsSync(home)) return [];
  return readdirSync(home, { recursive: true, encoding: "utf8" }).filter((name) => {
    const pid = /\.(\d+)-[0-9a-f]{12}\.tmp$/.exec(name)?.[1];
    return pid !== undefined && !isAlive(Number(pid));
  });
}

/** What a run's course has left, by name. */
export type Course = Readonly<Record<string, string>>;

/** For comparing two runs bit by bit; times do not belong to it. */
export function courseOf(home: string, id: string): Course {
  const database = new Database(join(home, "studio.db"), { readonly: true, fileMustExist: true });
  try {
    const rows = (sql: string) => database.prepare(sql).all(id) as Record<string, unknown>[];
    const course: Record<string, string> = {};
    // Behind the measures are those of a checkup, which comes by the clock.
    for (const { step, measured } of rows("SELECT step, measured FROM measurements WHERE run = ?"))
      course[`measurement ${String(step)}`] = (measured as Buffer)
        .subarray(0, 8 * measureColumns.length)
        .toString("hex");
    for (const { step, sha256 } of rows("SELECT step, sha256 FROM samples WHERE run = ?"))
      course[`images ${String(step)}`] = String(sha256);
    // Which older ones are kept depends on when the run was interrupted.
    const last = rows("SELECT step, sha256 FROM checkpoints WHERE run = ? ORDER BY step").at(-1);
    if (last) course[`checkpoint ${String(last.step)}`] = String(last.sha256);
    return course;
  } finally {
    database.close();
  }
}

/** Where two courses differ; empty for equal ones. */
export function differences(a: Course, b: Course): string[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.filter((name) => a[name] !== b[name]);
}
