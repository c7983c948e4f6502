/** The history: stored runs, newest first, kept current by events. */
import { SvelteMap } from "svelte/reactivity";
import type { Progress, RunSummary } from "../../main/contract/runs.ts";
import { PngImages } from "../shared/png-images.svelte.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";

const page = 50;

export class RunList {
  #studio: Studio;
  #runs = $state.raw<readonly RunSummary[] | null>(null);
  #problem = $state.raw<string | null>(null);
  #search = $state.raw("");
  #limit = $state.raw(page);
  #loading = $state.raw(false);
  #progress = new SvelteMap<string, Progress>();
  #images = new PngImages();
  #loads = 0;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Null before the first answer. */
  get runs(): readonly RunSummary[] | null {
    return this.#runs;
  }
  get problem(): string | null {
    return this.#problem;
  }
  get search(): string {
    return this.#search;
  }
  get loading(): boolean {
    return this.#loading;
  }
  /** Whether there may be more than is shown. */
  get more(): boolean {
    return (this.#runs?.length ?? 0) >= this.#limit;
  }

  progressOf(id: string): Progress | null {
    return this.#progress.get(id) ?? null;
  }
  /** Address of a run's newest grid, once it has come. */
  imageOf(id: string): string | undefined {
    return this.#images.addressOf(id);
  }

  /** Loads the runs and follows them until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.changed", (run) => {
        this.#changed(run);
      }),
      client.subscribe("run.progress", (progress) => this.#progress.set(progress.id, progress)),
      client.subscribe("run.sampled", ({ id, sample }) => {
        this.#images.refresh(id, () => this.#grid(id, sample.step));
      }),
      connection.onReconnect(() => void this.load()),
    ];
    void this.load();
    return () => {
      this.#loads += 1;
      this.#images.close();
      for (const stop of stops) stop();
    };
  }

  async load(): Promise<void> {
    const load = ++this.#loads;
    const search = this.#search.trim();
    this.#loading = true;
    try {
      const { runs } = await this.#studio.client.runs.list({
        limit: this.#limit,
        ...(search === "" ? {} : { search }),
      });
      if (load !== this.#loads) return;
      this.#runs = runs;
      this.#problem = null;
    } catch (thrown) {
      if (load === this.#loads) this.#problem = problemMessage(thrown);
    } finally {
      if (load === this.#loads) this.#loading = false;
    }
  }

  find(words: string): void {
    this.#search = words;
    this.#limit = page;
    void this.load();
  }

  showMore(): void {
    this.#limit += page;
    void this.load();
  }

  /** Fetches a run's newest grid, if it has one; the summary does not tell its step. */
  loadImage(id: string): void {
    this.#images.load(id, async () => {
      const { samples } = await this.#studio.client.runs.get({ id });
      const newest = samples.at(-1);
      return newest ? this.#grid(id, newest.step) : null;
    });
  }

  async #grid(id: string, step: number): Promise<Uint8Array> {
    const { png } = await this.#studio.client.runs.sampleImage({ id, step });
    return png;
  }

  #changed(run: RunSummary): void {
    if (!isLive(run.status)) this.#progress.delete(run.id);
    const known = this.#runs?.some(({ id }) => id === run.id) ?? false;
    if (known) this.#runs = this.#runs?.map((old) => (old.id === run.id ? run : old)) ?? null;
    else void this.load();
  }
}
