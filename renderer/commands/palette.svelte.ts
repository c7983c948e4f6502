/** The palette's state: what was typed, what fits, which one is chosen. Runs are looked up as one types. */
import type { RunSummary } from "../../main/contract/runs.ts";
import type { Studio } from "../shared/studio.ts";
import { findCommands, type Command, type Found } from "./command.ts";

const most = 50;
/** Runs that are there before anything is typed; then those that the store finds. */
const newest = 100;

export class Palette {
  #studio: Studio;
  #commands: readonly Command[];
  #commandOf: (run: RunSummary) => Command;
  #query = $state.raw("");
  #runs = $state.raw<readonly RunSummary[]>([]);
  #place = $state.raw(0);
  #lookups = 0;
  #found = $derived.by(() => findCommands(this.#query, this.#offered(), most));

  /** `commands` stand before the runs, of which `commandOf` makes commands that open them. */
  constructor(
    studio: Studio,
    commands: readonly Command[],
    commandOf: (run: RunSummary) => Command,
  ) {
    this.#studio = studio;
    this.#commands = commands;
    this.#commandOf = commandOf;
  }

  get query(): string {
    return this.#query;
  }
  get found(): readonly Found[] {
    return this.#found;
  }
  /** Which of those found is chosen; 0 when nothing is found. */
  get place(): number {
    return Math.min(this.#place, Math.max(0, this.#found.length - 1));
  }
  get chosen(): Found | null {
    return this.#found[this.place] ?? null;
  }

  type(query: string): void {
    this.#query = query;
    this.#place = 0;
    void this.lookUp();
  }

  /** Moves the choice, around the ends. */
  move(by: number): void {
    const count = this.#found.length;
    if (count > 0) this.#place = (this.place + by + count) % count;
  }

  choose(place: number): void {
    this.#place = place;
  }

  /** Asks the store, which knows more runs than could be kept here. */
  async lookUp(): Promise<void> {
    const lookup = ++this.#lookups;
    const search = this.#query.trim();
    try {
      const { runs } = await this.#studio.client.runs.list({
        limit: newest,
        ...(search !== "" && { search }),
      });
      if (lookup === this.#lookups) this.#keep(runs);
    } catch {
      // The screen behind asks the same and says why it failed; all else can still be chosen.
    }
  }

  /** Those known before stay: the store finds whole words, the palette also letters apart. */
  #keep(runs: readonly RunSummary[]): void {
    const others = this.#runs.filter(({ id }) => !runs.some((run) => run.id === id));
    this.#runs = [...runs, ...others].slice(0, 2 * newest);
  }

  /** Before anything is typed a few runs are enough; the rest is found by name. */
  #offered(): Command[] {
    const runs = this.#runs.map((run) => this.#commandOf(run));
    return [...this.#commands, ...(this.#query.trim() === "" ? runs.slice(0, 8) : runs)];
  }
}
