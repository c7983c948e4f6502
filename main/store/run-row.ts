/** A run as lists and pages see it: where it stands, and what is looked up with it in other tables. */
import { Problem, type ProblemCode } from "../spec/problem.ts";
import { familyColumns, familyOf, type GroupName, type Parent } from "./family.ts";
import { decodeFloat64s } from "./float64s.ts";
import { tagsColumn, tagsOf } from "./tags.ts";

export type RunStatus =
  "starting" | "running" | "paused" | "finished" | "stopped" | "interrupted" | "failed";

/** Operation by operation, or each step as one native graph. */
type TrainingMode = "eager" | "compiled";

export interface Losses {
  generator: number;
  discriminator: number;
}

/** A run but for its specification, which may be long. */
export interface RunRow {
  id: string;
  name: string;
  preset: string | null;
  status: RunStatus;
  /** Why it ended, as a sentence, where that needs one. */
  reason: string | null;
  /** The problem that it failed with; null for other ends, and for runs from before this was kept. */
  code: ProblemCode | null;
  dataset: string;
  engine: string | null;
  /** How it computes; null until it has begun, and for runs from before this was kept. */
  mode: TrainingMode | null;
  /** Whole epochs and steps done and stored. */
  epoch: number;
  step: number;
  /** Epochs asked for. */
  epochs: number;
  /** The last measured; any number, NaN and infinities too. */
  losses: Losses | null;
  /** Time spent training, over all sittings. */
  seconds: number;
  /** Step of the newest sheet of samples; null before the first. */
  newestSample: number | null;
  /** The run that it was forked from; null for a run of its own. */
  parent: Parent | null;
  /** The group of seeds that it belongs to. */
  group: GroupName | null;
  /** Runs that were forked from it, those in the bin left out. */
  forks: number;
  /** See main/spec/tags.ts. */
  tags: string[];
  /** Milliseconds since 1970. */
  createdAt: number;
  updatedAt: number;
}

export type StoredRow = Omit<RunRow, "losses" | "parent" | "group" | "tags"> & {
  losses: Uint8Array | null;
  family: string | null;
  tags: string;
};

/** What a row is read with. The newest sheet is looked up in the samples' own key. */
export const columns = `id, name, preset, status, reason, code, dataset, engine, mode, epoch, step,
  epochs, losses, seconds, createdAt, updatedAt,
  (SELECT max(step) FROM samples WHERE run = runs.id) AS newestSample,
  ${familyColumns}, ${tagsColumn}`;

export function rowOf({ losses, family, tags, ...stored }: StoredRow): RunRow {
  const [generator, discriminator] = losses === null ? [] : decodeFloat64s(losses);
  const row = { ...stored, ...familyOf(family), tags: tagsOf(tags) };
  return generator === undefined || discriminator === undefined
    ? { ...row, losses: null }
    : { ...row, losses: { generator, discriminator } };
}

export const unknownRun = (id: string): Problem =>
  new Problem("run.unknown", `There is no run «${id.slice(0, 80)}».`);
