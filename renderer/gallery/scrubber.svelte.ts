/** Which of a run's grids is looked at: the newest as they come, until someone goes back to an older one. */
import type { Sample } from "../../main/contract/runs.ts";

/** Milliseconds a grid stays while they are played in turn. */
const frame = 160;

export class Scrubber {
  #samples: () => readonly Sample[];
  /** The chosen grid's step; null follows the newest. */
  #chosen: number | null;
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null);

  constructor(samples: () => readonly Sample[], chosen: number | null = null) {
    this.#samples = samples;
    this.#chosen = $state.raw(chosen);
  }

  /** Place among the samples, −1 while there are none. */
  get index(): number {
    const samples = this.#samples();
    const index = samples.findIndex(({ step }) => step === this.#chosen);
    return index === -1 ? samples.length - 1 : index;
  }
  get current(): Sample | null {
    return this.#samples()[this.index] ?? null;
  }
  /** Step of the grid that was chosen; null follows the newest. */
  get chosen(): number | null {
    return this.#chosen;
  }
  get followsNewest(): boolean {
    return this.#chosen === null;
  }
  get playing(): boolean {
    return this.#timer !== null;
  }

  /** Looks at the sample at `index`; the last one means to follow what comes. */
  choose(index: number): void {
    const samples = this.#samples();
    this.#chosen = index >= samples.length - 1 ? null : (samples[index]?.step ?? null);
  }

  /** Shows the grids in turn, from the first one when the newest is shown; again to stop. */
  play(): void {
    if (this.#timer !== null) {
      this.stop();
      return;
    }
    if (this.index >= this.#samples().length - 1) this.choose(0);
    this.#timer = setInterval(() => {
      this.choose(this.index + 1);
      if (this.followsNewest) this.stop();
    }, frame);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
