/** The runs that train now, wherever in the page someone is. */
import type { RunStatus, RunSummary } from "../../main/contract/runs.ts";
import { isLive } from "../shared/status.ts";
import type { Studio } from "../shared/studio.ts";

export class LiveRuns {
  #studio: Studio;
  #runs = $state.raw<readonly RunSummary[]>([]);

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
        const others = this.#runs.filter(({ id }) => id !== run.id);
        this.#runs = isLive(run.status) ? inOrder([...others, run]) : others;
      }),
      connection.onReconnect(() => void this.#load()),
    ];
    void this.#load();
    return () => {
      for (const stop of stops) stop();
    };
  }

  async #load(): Promise<void> {
    try {
      const status: RunStatus[] = ["starting", "running", "paused"];
      const { runs } = await this.#studio.client.runs.list({ limit: 100, status });
      this.#runs = inOrder(runs);
    } catch {
      // The screen beside it asks the same and says why it failed.
      this.#runs = [];
    }
  }
}

const inOrder = (runs: RunSummary[]): RunSummary[] =>
  runs.sort((a, b) => b.createdAt - a.createdAt);
