/** How far one source of images is that is being made ready, whoever asked for it; and its end on request. */
import { untrack } from "svelte";
import type { Payload } from "../../main/contract/commands.ts";
import type { PreparationProgress } from "../../main/contract/events.ts";
import type { DataSource } from "../../main/spec/data.ts";
import { newestOnly } from "../shared/newest-only.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";

/** What the program calls it by. */
export const sourceName = (source: DataSource | string): string => {
  if (typeof source === "string") return source;
  return source.kind === "digits" ? "digits" : source.path;
};

export class Preparing {
  #studio: Studio;
  #source: () => DataSource;
  #newest = $state.raw<PreparationProgress | null>(null);
  #problem = $state.raw<string | null>(null);
  /** Whoever asked for it: one that fails, or is called off elsewhere, tells its end to those who wait. */
  #toEnd = newestOnly<null>(() => this.#followToEnd());

  /** `source`: which one; may change. */
  constructor(studio: Studio, source: () => DataSource) {
    this.#studio = studio;
    this.#source = source;
  }

  /** Null while nothing is made ready. */
  get progress(): PreparationProgress | null {
    return this.#newest?.source === sourceName(this.#source()) ? this.#newest : null;
  }
  /** Why it could not be ended. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Follows it until the returned function is called. */
  open(): () => void {
    this.#toEnd.ask(null);
    return this.#studio.client.subscribe("dataset.preparing", (progress) => {
      const isLast = progress.done >= progress.total && progress.stage !== "unpacking";
      if (!isLast) {
        this.#newest = progress;
        this.#toEnd.ask(null);
      } else if (this.#newest?.source === progress.source) this.#newest = null;
    });
  }

  /** Calls it off; nothing of it is kept. */
  async cancel(): Promise<void> {
    const { progress } = this;
    if (!progress) return;
    try {
      await this.#studio.client.datasets.cancelAdd({ source: progress.source });
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
    this.#newest = null;
  }

  async #followToEnd(): Promise<void> {
    // Whoever opens this in an effect does not follow every change of the source with it.
    const name = untrack(() => sourceName(this.#source()));
    const isThis = ({ source }: Payload<"datasets.add">) => sourceName(source) === name;
    const work = await findWork(this.#studio, "datasets.add", isThis);
    if (work) {
      this.#newest ??= work.progress;
      await work.join().catch(() => undefined);
    }
    if (this.#newest?.source === name) this.#newest = null;
  }
}
