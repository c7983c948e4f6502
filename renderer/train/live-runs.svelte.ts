/** The runs that train now, wherever in the page someone is. */
import type { RunStatus, RunSummary } from "../../main/contract/runs.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";

export class LiveRuns {
  #studio: Studio;
  #runs = $state.raw<readonly RunSummary[]>([]);
  /** What was told since the last question: newer than its answer. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #heard = new Map<string, RunSummary>();

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  get runs(): readonly RunSummary[] {
    return this.#runs;
  }

  /** Loads and follows until the returned function is called. */
  open(): () => void {
    const { client, connection } = this.#studio;
    const stops = [
      client.subscribe("run.changed", (run) => {
        this.#heard.set(run.id, run);
        this.#runs = this.#live(this.#runs);
      }),
      connection.onReconnect(() => void this.#load()),
    ];
    void this.#load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #load(): Promise<void> {
    this.#heard.clear();
    try {
      const status: RunStatus[] = ["starting", "running", "paused"];
      const { runs } = await this.#studio.client.runs.list({ limit: 100, status });
      this.#runs = this.#live(runs);
    } catch {
      // The screen beside it asks the same and says why it failed.
    }
  }

  #live(known: readonly RunSummary[]): RunSummary[] {
    const others = known.filter(({ id }) => !this.#heard.has(id));
    return [...others, ...this.#heard.values()]
      .filter(({ status }) => isLive(status))
      .sort((a, b) => b.createdAt - a.createdAt);
  }
}
