/** Which runs are chosen, in the order in which they were: that is how Compare lines them up. */
import { SvelteMap } from "svelte/reactivity";
import type { RunSummary } from "../../main/contract/runs.ts";

export class Selection {
  #runs = new SvelteMap<string, RunSummary>();

  get ids(): string[] {
    return [...this.#runs.keys()];
  }
  get runs(): RunSummary[] {
    return [...this.#runs.values()];
  }
  get size(): number {
    return this.#runs.size;
  }

  has(id: string): boolean {
    return this.#runs.has(id);
  }

  toggle(run: RunSummary): void {
    if (!this.#runs.delete(run.id)) this.#runs.set(run.id, run);
  }

  /** A run that is chosen is from now on as it is given here. */
  renew(run: RunSummary): void {
    if (this.#runs.has(run.id)) this.#runs.set(run.id, run);
  }

  drop(id: string): void {
    this.#runs.delete(id);
  }

  clear(): void {
    this.#runs.clear();
  }
}
