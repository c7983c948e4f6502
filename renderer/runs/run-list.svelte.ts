/**
 * The history as pages that are fetched when they come into view, kept current by events. What is
 * asked for (search, filter, order) is one value; with each change of it everything is fetched anew,
 * and what was shown stays until the answer is there.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Payload } from "../../main/contract/commands.ts";
import type { Progress, RunSummary } from "../../main/contract/runs.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";
import { everything, isByFamily, isNarrowed, type Wish } from "./wish.ts";

/** Rows fetched at a time. */
const pageSize = 50;

export class RunList {
  #studio: Studio;
  #wish: Wish;
  #answered: Wish;
  #pages = new SvelteMap<number, readonly RunSummary[]>();
  #total = $state.raw<number | null>(null);
  #below = $state.raw(0);
  #problem = $state.raw<string | null>(null);
  #loading = $state.raw(false);
  #progress = new SvelteMap<string, Progress>();
  /** Pages that are in view, so that a new answer starts with them. */
  #shown: readonly number[] = [0];
  /** Pages that were asked for and have not come. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #asked = new Set<number>();
  /** What was told of runs since the last question: newer than its answer. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #heard = new Map<string, RunSummary>();
  /** Counts questions; answers to an older one are dropped. */
  #turn = 0;

  /** `wish`: what is asked for first. */
  constructor(studio: Studio, wish: Wish = everything) {
    this.#studio = studio;
    this.#wish = $state.raw(wish);
    this.#answered = $state.raw(wish);
  }

  get wish(): Wish {
    return this.#wish;
  }
  /** What the rows that are shown were asked for with: the wish runs ahead of it. */
  get answered(): Wish & { family: boolean } {
    return { ...this.#answered, family: isByFamily(this.#answered) };
  }
  /** Rows that fit what was answered; null before the first answer. */
  get total(): number | null {
    return this.#total;
  }
  /** Runs that fit and hang below those of the list. */
  get below(): number {
    return this.#below;
  }
  get problem(): string | null {
    return this.#problem;
  }
  get loading(): boolean {
    return this.#loading;
  }
  /** Whether anything narrows the list that is shown. */
  get narrowed(): boolean {
    return isNarrowed(this.#answered);
  }

  /** The run at a place of the list; undefined while it has not come. */
  rowAt(place: number): RunSummary | undefined {
    return this.#pages.get(Math.floor(place / pageSize))?.[place % pageSize];
  }
  progressOf(id: string): Progress | null {
    return this.#progress.get(id) ?? null;
  }

  /** Loads the first page and follows the runs until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.changed", (run) => {
        this.#changed(run);
      }),
      client.subscribe("run.deleted", () => void this.load()),
      client.subscribe("run.progress", (progress) => this.#progress.set(progress.id, progress)),
      client.subscribe("run.sampled", ({ id, sample }) => {
        this.#replace(id, (run) => ({ ...run, newestSample: sample.step }));
      }),
      connection.onReconnect(() => void this.load()),
    ];
    void this.load();
    return () => {
      this.#turn += 1;
      for (const stop of stops) stop();
    };
  }

  /** Changes what is asked for. */
  ask(changes: Partial<Wish>): void {
    this.#wish = { ...this.#wish, ...changes };
    this.#shown = [0];
    void this.load();
  }

  /** Fetches what is in view anew; the rest of what was known is forgotten, but not where that fails. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    this.#asked.clear();
    this.#heard.clear();
    this.#loading = true;
    const pages = await Promise.all(
      this.#shown.map(async (page) => [page, await this.#fetch(page, turn)] as const),
    );
    if (turn !== this.#turn) return;
    if (pages.some(([, runs]) => runs)) this.#pages.clear();
    for (const [page, runs] of pages) if (runs) this.#keep(page, runs);
    this.#loading = false;
  }

  /** Says which rows are in view; pages that are missing are fetched. */
  show(begin: number, end: number): void {
    const first = Math.floor(begin / pageSize);
    const last = Math.floor(Math.max(begin, end - 1) / pageSize);
    this.#shown = Array.from({ length: last - first + 1 }, (_, i) => first + i);
    for (const page of this.#shown) {
      if (!this.#pages.has(page) && !this.#loading) void this.#add(page);
    }
  }

  async #add(page: number): Promise<void> {
    if (this.#asked.has(page)) return;
    this.#asked.add(page);
    const turn = this.#turn;
    const runs = await this.#fetch(page, turn);
    if (turn !== this.#turn) return;
    this.#asked.delete(page);
    if (runs) this.#keep(page, runs);
  }

  #keep(page: number, runs: readonly RunSummary[]): void {
    this.#pages.set(
      page,
      runs.map((run) => this.#heard.get(run.id) ?? run),
    );
  }

  async #fetch(page: number, turn: number): Promise<readonly RunSummary[] | null> {
    try {
      const wish = this.#wish;
      const asked = questionOf(wish, page);
      const { runs, total, below = 0 } = await this.#studio.client.runs.list(asked);
      if (turn === this.#turn) {
        this.#answered = wish;
        this.#total = total;
        this.#below = below;
        this.#problem = null;
      }
      return runs;
    } catch (thrown) {
      if (turn === this.#turn) this.#problem = problemMessage(thrown);
      return null;
    }
  }

  #changed(run: RunSummary): void {
    this.#heard.set(run.id, run);
    if (!isLive(run.status)) this.#progress.delete(run.id);
    if (this.#replace(run.id, () => run)) return;
    // What hangs below another is in the list at its beginning only: the other then tells of it.
    const hangs = isByFamily(this.#answered) && (run.parent !== null || run.group !== null);
    if (!hangs || run.status === "starting") void this.load();
  }

  /** False when the run is on no page that is known. */
  #replace(id: string, change: (run: RunSummary) => RunSummary): boolean {
    for (const [page, runs] of this.#pages) {
      if (!runs.some((run) => run.id === id)) continue;
      this.#pages.set(
        page,
        runs.map((run) => (run.id === id ? change(run) : run)),
      );
      return true;
    }
    return false;
  }
}

function questionOf(wish: Wish, page: number): Payload<"runs.list"> {
  const search = wish.search.trim();
  return {
    limit: pageSize,
    offset: page * pageSize,
    order: wish.order,
    descending: wish.descending,
    ...(search !== "" && { search }),
    ...(wish.status !== null && { status: [...wish.status] }),
    ...(wish.preset !== undefined && { preset: wish.preset }),
    ...(wish.deleted && { deleted: true }),
    ...(isByFamily(wish) && { family: "roots" as const }),
  };
}
