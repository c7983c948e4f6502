/**
 * Charts that change together are drawn in turns, as many in a frame as fit into it: four at once take
 * longer than a frame has, and what the pointer does would wait for them. A chart that changes again
 * while it waits is drawn once, as it is then.
 */
import { createContext } from "svelte";

/** Milliseconds after which no further chart is drawn in a frame; the browser needs the rest. */
const budget = 5;

export class DrawingTurns {
  #waiting = new Map<object, () => void>();
  #isScheduled = false;

  /** Draws in the next frame, or one of those after it. `chart` tells whose drawing a newer one replaces. */
  ask(chart: object, draw: () => void): void {
    this.#waiting.set(chart, draw);
    this.#schedule();
  }

  /** Takes back what waits. */
  drop(chart: object): void {
    this.#waiting.delete(chart);
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    requestAnimationFrame(() => {
      this.#isScheduled = false;
      const end = performance.now() + budget;
      for (const [chart, draw] of this.#waiting) {
        // Behind the others, should it change again: each has its turn.
        this.#waiting.delete(chart);
        draw();
        if (performance.now() > end) break;
      }
      if (this.#waiting.size > 0) this.#schedule();
    });
  }
}

const [fromContext, provideTurns] = createContext<DrawingTurns>();

export { provideTurns };

/** Those of the charts above that share them; a chart that stands alone has its own. */
export function useTurns(): DrawingTurns {
  try {
    return fromContext();
  } catch {
    return new DrawingTurns();
  }
}
