/** What GAN Studio says of the machine that it runs on. */
import type { SystemDescription } from "../../main/contract/system.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { Benchmark } from "./benchmark.svelte.ts";

export class System {
  /** Goes on while its screen is not shown. */
  readonly benchmark: Benchmark;
  #studio: Studio;
  #description = $state.raw<SystemDescription | null>(null);
  #problem = $state.raw<string | null>(null);
  #choosing = $state(false);
  #choiceProblem = $state.raw<string | null>(null);

  constructor(studio: Studio) {
    this.#studio = studio;
    this.benchmark = new Benchmark(studio);
  }

  /** Null before the first answer. */
  get description(): SystemDescription | null {
    return this.#description;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Another TensorFlow is being tried. */
  get choosing(): boolean {
    return this.#choosing;
  }
  /** Why the last one that was named is not used. */
  get choiceProblem(): string | null {
    return this.#choiceProblem;
  }

  /** Has new runs train with the TensorFlow of this folder; null for GAN Studio's own. */
  async useTensorflow(folder: string | null): Promise<void> {
    if (this.#choosing) return;
    this.#choosing = true;
    try {
      this.#description = await this.#studio.client.system.useTensorflow({ folder });
      this.#choiceProblem = null;
    } catch (thrown) {
      this.#choiceProblem = problemMessage(thrown);
    } finally {
      this.#choosing = false;
    }
  }

  /** Loads, and loads again after a lost connection, until the returned function is called. */
  open(): () => void {
    void this.load();
    return this.#studio.connection.onReconnect(() => void this.load());
  }

  async load(): Promise<void> {
    try {
      this.#description = await this.#studio.client.system.describe({});
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
