/**
 * Runs below other runs: forks below their parent, the runs of a group below its first. They are
 * asked for when their row is opened, and stand in the list after it.
 */
import { SvelteMap } from "svelte/reactivity";
import type { RunSummary } from "../../main/contract/runs.ts";
import type { Studio } from "../shared/studio.ts";

export interface ListRow {
  /** Undefined while it has not come. */
  run: RunSummary | undefined;
  /** 0 for a run that hangs below no other. */
  depth: number;
}

/** A list of roots, as far as it is known. */
interface Roots {
  total: number | null;
  rowAt(place: number): RunSummary | undefined;
}

/** Runs that one row can show below it. */
const most = 500;

export class Families {
  #studio: Studio;
  #roots: Roots;
  /** By the id of the row that is open; empty until they have come. */
  #below = new SvelteMap<string, readonly RunSummary[]>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #above = new Map<string, { run: RunSummary; asRoot: boolean }>();

  /** Where an open root stands, and the rows below it. Roots that are not known are not open. */
  #open = $derived.by(() => {
    if (this.#below.size === 0) return [];
    const open: { place: number; rows: ListRow[] }[] = [];
    for (let place = 0; place < (this.#roots.total ?? 0); place++) {
      const run = this.#roots.rowAt(place);
      if (run && this.#below.has(run.id)) open.push({ place, rows: this.#rowsBelow(run, 1) });
    }
    return open;
  });

  constructor(studio: Studio, roots: Roots) {
    this.#studio = studio;
    this.#roots = roots;
  }

  /** Rows in all, those that are open included. */
  get count(): number {
    return this.#open.reduce((sum, { rows }) => sum + rows.length, this.#roots.total ?? 0);
  }

  /** Ids of the rows that are open. */
  get openIds(): string[] {
    return [...this.#below.keys()];
  }

  isOpen(run: RunSummary): boolean {
    return this.#below.has(run.id);
  }

  rowAt(index: number): ListRow {
    const { place, row } = this.#locate(index);
    return row ?? { run: this.#roots.rowAt(place), depth: 0 };
  }

  /** The root at or above a row: what must be fetched for it. */
  rootOf(index: number): number {
    return this.#locate(index).place;
  }

  /** Follows the runs that are shown until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      connection.onReconnect(() => {
        for (const { run, asRoot } of this.#above.values()) void this.#load(run, asRoot);
      }),
      client.subscribe("run.changed", (run) => {
        this.#changed(run);
      }),
      client.subscribe("run.deleted", ({ id }) => {
        for (const [above, runs] of this.#below)
          this.#below.set(
            above,
            runs.filter((run) => run.id !== id),
          );
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }

  close(run: RunSummary): void {
    this.#below.delete(run.id);
    this.#above.delete(run.id);
  }

  /** Shows what hangs below a row. What could not be loaded is asked for at the next opening. */
  async show(run: RunSummary, { asRoot }: { asRoot: boolean }): Promise<void> {
    this.#below.set(run.id, []);
    this.#above.set(run.id, { run, asRoot });
    await this.#load(run, asRoot);
  }

  async #load(run: RunSummary, asRoot: boolean): Promise<void> {
    const { client } = this.#studio;
    const order = { order: "started", descending: false, limit: most } as const;
    try {
      const [members, forks] = await Promise.all([
        asRoot && run.group
          ? client.runs.list({ ...order, family: { group: run.group.id } })
          : null,
        client.runs.list({ ...order, family: { parent: run.id } }),
      ]);
      if (!this.#below.has(run.id)) return;
      const others = (members?.runs ?? []).filter(({ id }) => id !== run.id);
      this.#below.set(run.id, [...others, ...forks.runs]);
    } catch {
      if (this.#below.get(run.id)?.length === 0) this.close(run);
    }
  }

  #rowsBelow(above: RunSummary, depth: number): ListRow[] {
    return (this.#below.get(above.id) ?? []).flatMap((run) => [
      { run, depth },
      ...this.#rowsBelow(run, depth + 1),
    ]);
  }

  #locate(index: number): { place: number; row: ListRow | null } {
    let added = 0;
    for (const { place, rows } of this.#open) {
      const first = place + added + 1;
      if (index < first) break;
      const row = rows[index - first];
      if (row) return { place, row };
      added += rows.length;
    }
    return { place: index - added, row: null };
  }

  #changed(changed: RunSummary): void {
    for (const [above, runs] of this.#below) {
      if (runs.some(({ id }) => id === changed.id)) {
        this.#below.set(
          above,
          runs.map((run) => (run.id === changed.id ? changed : run)),
        );
      } else if (
        changed.parent?.run === above ||
        runs.some(
          ({ group }) => group !== null && group.id === changed.group?.id && above !== changed.id,
        )
      ) {
        this.#below.set(above, [...runs, changed]);
      }
    }
  }
}

/** How many runs hang below a row; the others of a group hang below its first alone. */
export const countBelow = (run: RunSummary, depth: number): number =>
  run.forks + (depth === 0 && run.group ? run.group.runs - 1 : 0);
