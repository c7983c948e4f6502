/**
 * The runs that are compared, as the page has them: each loaded by itself, so that one that cannot be
 * shown does not take the others along; live ones are loaded again when they have stored something.
 */
import { SvelteMap } from "svelte/reactivity";
import {
  comparisonOf,
  fetchCompared,
  type ComparedRun,
  type Comparison,
} from "../../main/contract/compare/comparison.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export class ComparedRuns {
  #studio: Studio;
  #ids: () => readonly string[];
  #runs = new SvelteMap<string, ComparedRun>();
  #problems = new SvelteMap<string, string>();
  /** The newest question a run; an older answer that comes later is dropped. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #turns = new Map<string, number>();
  #comparison = $derived.by(() => {
    const runs = this.#ids().flatMap((id) => this.#runs.get(id) ?? []);
    return runs.length === 0 ? null : comparisonOf(runs);
  });

  /** `ids`: which runs, in their order; may change. */
  constructor(studio: Studio, ids: () => readonly string[]) {
    this.#studio = studio;
    this.#ids = ids;
  }

  /** Of the runs that have come; null before the first. */
  get comparison(): Comparison | null {
    return this.#comparison;
  }
  /** Runs that cannot be shown, and why. */
  get problems(): { id: string; message: string }[] {
    return this.#ids().flatMap((id) => {
      const message = this.#problems.get(id);
      return message === undefined ? [] : [{ id, message }];
    });
  }
  /** Whether every run has come or said why not. */
  get settled(): boolean {
    return this.#ids().every((id) => this.#runs.has(id) || this.#problems.has(id));
  }

  /** Follows the runs until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const again = (id: string) => {
      if (this.#ids().includes(id)) void this.load(id);
    };
    const stops = [
      client.subscribe("run.changed", ({ id }) => {
        again(id);
      }),
      client.subscribe("run.evaluated", ({ id }) => {
        again(id);
      }),
      client.subscribe("run.deleted", ({ id }) => {
        again(id);
      }),
      connection.onReconnect(() => {
        for (const id of this.#ids()) void this.load(id);
      }),
    ];
    return () => {
      this.#turns.clear();
      for (const stop of stops) stop();
    };
  }

  /** Loads those of the runs that were not asked for; what was left out is not followed, and forgotten. */
  loadMissing(): void {
    const ids = this.#ids();
    for (const id of [...this.#turns.keys()].filter((known) => !ids.includes(known))) {
      this.#turns.delete(id);
      this.#runs.delete(id);
      this.#problems.delete(id);
    }
    for (const id of ids) if (!this.#turns.has(id)) void this.load(id);
  }

  async load(id: string): Promise<void> {
    const turn = (this.#turns.get(id) ?? 0) + 1;
    this.#turns.set(id, turn);
    try {
      const run = await fetchCompared(this.#studio.client, id);
      if (turn !== this.#turns.get(id)) return;
      this.#runs.set(id, run);
      this.#problems.delete(id);
    } catch (thrown) {
      if (turn !== this.#turns.get(id)) return;
      this.#runs.delete(id);
      this.#problems.set(id, problemMessage(thrown));
    }
  }
}
