/** What each sitting of a run computed with: other surroundings may give other last digits. */
import { reading, storing, type Home } from "./connection.ts";
import { describeRow } from "./runs.ts";
import type { Table } from "./table.ts";

/** Made by the migration of `family.ts`. */
export const sittings: Table = { name: "sittings", migrations: [] };

/** All that numbers may depend on besides the specification and the seed. */
export interface Surroundings {
  /** «tensorflow» or «wasm», and how its steps run. */
  engine: string;
  mode: string;
  /** «TensorFlow 2.21.0», which the library says of itself. */
  version: string;
  device: string;
  threads: number;
  /** The processor's name, and system and architecture: «linux x64». */
  processor: string;
  system: string;
}

/** The sitting that began at `at` (milliseconds since 1970) with `step` steps done. */
export function insertSitting(
  home: Home,
  run: string,
  { at, step, surroundings }: { at: number; step: number; surroundings: Surroundings },
): void {
  storing(home, (database) => {
    database
      .prepare("INSERT OR REPLACE INTO sittings VALUES (?, ?, ?, ?)")
      .run(run, at, step, JSON.stringify(surroundings));
    describeRow(home, run);
  });
}

/** In their order; none for runs from before this was kept. */
export function listSittings(home: Home, run: string): Surroundings[] {
  const texts = reading(home, (database) =>
    database
      .prepare<[string], string>(
        "SELECT surroundings FROM sittings WHERE run = ? ORDER BY at, step",
      )
      .pluck()
      .all(run),
  );
  return texts.map((text) => JSON.parse(text) as Surroundings);
}
