/**
 * A run that is trained again, to be compared with itself. How far it is comes by events, and what came
 * of it stands among the run's own: both are told to a page that was opened meanwhile, too.
 */
import type { ReproductionProgress } from "../../main/contract/family.ts";
import { reproductionEvents } from "../../main/contract/reproduction-text.ts";
import type { RunEvent } from "../../main/contract/runs.ts";
import { newestOnly } from "../shared/newest-only.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";
import { findWork } from "../shared/works.ts";

const { equal, different } = reproductionEvents;

export interface Outcome {
  at: number;
  isEqual: boolean;
  text: string;
}

/** What came of the newest reproduction; null when there was none. */
export function outcomeOf(events: readonly RunEvent[]): Outcome | null {
  const event = events.findLast(({ kind }) => kind === equal || kind === different);
  return event ? { at: event.at, isEqual: event.kind === equal, text: event.detail } : null;
}

export class Reproducing {
  #studio: Studio;
  #id: string;
  #progress = $state.raw<ReproductionProgress | null>(null);
  #asked = $state.raw(false);
  /** One that was asked for before this page was loaded, or by another. */
  #rejoin = newestOnly<null>(() => this.#find());
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.#id = id;
  }

  /** Null while none is under way, as far as is known. */
  get progress(): ReproductionProgress | null {
    return this.#progress;
  }
  /** Whether one is under way, asked for here or elsewhere. */
  get isRunning(): boolean {
    return this.#asked || this.#progress !== null;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Listens until the returned function is called. */
  open(): () => void {
    const { client } = this.#studio;
    const stops = [
      client.subscribe("run.reproducing", (progress) => {
        if (progress.id !== this.#id) return;
        this.#progress = progress;
        // Of another page, or a late word of what has ended: whoever joins it is told which.
        if (!this.#asked) this.#rejoin.ask(null);
      }),
      client.subscribe("run.event", ({ id, event }) => {
        if (id === this.#id && outcomeOf([event])) this.#progress = null;
      }),
    ];
    this.#rejoin.ask(null);
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** Trains it again, to where it is or for so many steps. */
  async start(steps: number | null = null): Promise<void> {
    if (this.isRunning) return;
    const { runs } = this.#studio.client;
    await this.#follow(runs.reproduce({ id: this.#id, ...(steps !== null && { steps }) }));
  }

  async #find(): Promise<void> {
    const work = await findWork(this.#studio, "runs.reproduce", ({ id }) => id === this.#id);
    if (this.#asked) return;
    this.#progress = work && (this.#progress ?? work.progress);
    if (work) await this.#follow(work.join());
  }

  async #follow(answer: Promise<unknown>): Promise<void> {
    this.#asked = true;
    this.#problem = null;
    try {
      await answer;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#asked = false;
      this.#progress = null;
    }
  }

  async cancel(): Promise<void> {
    try {
      await this.#studio.client.runs.cancelReproduce({ id: this.#id });
      this.#progress = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
