/** What can be done with a run, one act at a time, and why the last one failed. */
import type { Measurements, RunSummary } from "../../main/contract/runs.ts";
import type { LearningRates } from "../../main/spec/learning-rates.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

type Action = "pause" | "continue" | "stop" | "save" | "resume" | "step" | "set" | "restore";

/** What an act brings to whoever shows the run. */
interface Listener {
  changed: (run: RunSummary) => void;
  /** A single step was done, which measured this. */
  stepped: (measured: Measurements) => void;
}

export class RunActs {
  #studio: Studio;
  #id: string;
  #tell: Listener;
  #action = $state.raw<Action | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio, id: string, tell: Listener) {
    this.#studio = studio;
    this.#id = id;
    this.#tell = tell;
  }

  /** What was asked for and is not done yet. */
  get action(): Action | null {
    return this.#action;
  }
  get problem(): string | null {
    return this.#problem;
  }

  pause = (): Promise<void> => this.#do("pause", () => this.#studio.client.runs.pause(this.#asked));
  continue = (): Promise<void> =>
    this.#do("continue", () => this.#studio.client.runs.continue(this.#asked));
  stop = (): Promise<void> => this.#do("stop", () => this.#studio.client.runs.stop(this.#asked));
  save = (): Promise<void> => this.#do("save", () => this.#studio.client.runs.save(this.#asked));

  /** Has it back from the bin. */
  restore = (): Promise<void> =>
    this.#do("restore", () => this.#studio.client.runs.restore(this.#asked));

  /** Does one step of a paused run, and keeps what it changed. */
  step = (): Promise<void> =>
    this.#during("step", async () => {
      const measured = await this.#studio.client.runs.step(this.#asked);
      this.#tell.stepped(measured);
    });

  /**
   * Learning rates from the next step on, discriminator updates a step from the next epoch on; both
   * from where an ended run is resumed.
   */
  set = (changes: {
    learningRates?: Partial<LearningRates>;
    discriminatorSteps?: number;
  }): Promise<void> =>
    this.#do("set", () => this.#studio.client.runs.set({ ...this.#asked, ...changes }));

  /** Trains an ended run on, up to `epochs` (and `steps`, where the run has such a limit) in all. */
  resume = (epochs: number, steps: number | null): Promise<void> =>
    this.#do("resume", () =>
      this.#studio.client.runs.resume({
        ...this.#asked,
        epochs,
        ...(steps === null ? {} : { steps }),
        engine: "auto",
      }),
    );

  get #asked(): { id: string } {
    return { id: this.#id };
  }

  #do(action: Action, ask: () => Promise<RunSummary>): Promise<void> {
    return this.#during(action, async () => {
      this.#tell.changed(await ask());
    });
  }

  async #during(action: Action, act: () => Promise<void>): Promise<void> {
    if (this.#action !== null) return;
    this.#action = action;
    this.#problem = null;
    try {
      await act();
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#action = null;
    }
  }
}
