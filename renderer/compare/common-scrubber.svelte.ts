/**
 * One place for all galleries: among the places where any run has a grid, on the chosen axis. It
 * follows the newest until someone goes back; a change of the axis keeps to the place nearest in steps
 * of the first run.
 */
import type { ComparedRun } from "../../main/contract/compare/comparison.ts";
import {
  gridPositions,
  positionOf,
  stepAt,
  type Axis,
} from "../../main/contract/compare/position.ts";
import { usualLook, type Look } from "./look.ts";

/** Milliseconds a place stays while they are played in turn. */
const frame = 240;

export class CommonScrubber {
  #runs: () => readonly ComparedRun[];
  #axis: Axis;
  /** Null follows the newest. */
  #chosen: number | null;
  #timer = $state.raw<ReturnType<typeof setInterval> | null>(null);
  #positions = $derived.by(() => gridPositions(this.#axis, this.#runs()));

  constructor(runs: () => readonly ComparedRun[], look: Pick<Look, "axis" | "place"> = usualLook) {
    this.#runs = runs;
    this.#axis = $state.raw(look.axis);
    this.#chosen = $state.raw(look.place);
  }

  get axis(): Axis {
    return this.#axis;
  }
  /** Increasing; empty while no run has a grid. */
  get positions(): readonly number[] {
    return this.#positions;
  }
  /** −1 while there are none. */
  get index(): number {
    const last = this.#positions.length - 1;
    if (this.#chosen === null) return last;
    const chosen = this.#chosen;
    const after = this.#positions.findIndex((position) => position > chosen);
    return after === -1 ? last : Math.max(0, after - 1);
  }
  get position(): number {
    return this.#positions[this.index] ?? 0;
  }
  /** What was chosen, as long as it is not the newest. */
  get place(): number | null {
    return this.#chosen;
  }
  get playing(): boolean {
    return this.#timer !== null;
  }

  choose(index: number): void {
    const isNewest = index >= this.#positions.length - 1;
    this.#chosen = isNewest ? null : (this.#positions[index] ?? null);
  }

  /** What an address asks for. */
  show({ axis, place }: Pick<Look, "axis" | "place">): void {
    this.stop();
    this.#axis = axis;
    this.#chosen = place;
  }

  chooseAxis(axis: Axis): void {
    const [first] = this.#runs();
    if (first && this.#chosen !== null) {
      const step = stepAt(this.#axis, first.scale, this.#chosen);
      this.#chosen = step === null ? null : positionOf(axis, first.scale, step);
    }
    this.#axis = axis;
  }

  /** Shows the places in turn, from the first when the last is shown; again to stop. */
  play(): void {
    if (this.#timer !== null) {
      this.stop();
      return;
    }
    if (this.index >= this.#positions.length - 1) this.choose(0);
    this.#timer = setInterval(() => {
      this.choose(this.index + 1);
      if (this.#chosen === null) this.stop();
    }, frame);
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }
}
