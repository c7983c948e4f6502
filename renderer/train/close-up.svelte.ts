/**
 * The measurements of a stretch that is looked at closer: of a long run the page holds as many as a
 * chart draws, so more are asked for where someone looks. Until they come, the few are shown.
 */
import type { Measurements } from "../../main/contract/runs.ts";
import type { Span } from "../shared/span.ts";
import type { Studio } from "../shared/studio.ts";
import { chartPoints, joined, since } from "./measurements.ts";

/** Milliseconds for which a span must stand still before its figures are asked for. */
const calm = 120;

export class CloseUp {
  #studio: Studio;
  #id: string;
  #found = $state.raw<{ span: Span; measurements: Measurements } | null>(null);
  #joined: { all: Measurements; found: Measurements; both: Measurements } | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.#id = id;
  }

  /** Asks for what `span` shows once it stands still; null gives up what was found. */
  look(span: Span | null): void {
    clearTimeout(this.#timer);
    const asked = ++this.#asked;
    if (span === null) {
      this.#found = null;
      return;
    }
    this.#timer = setTimeout(() => void this.#ask(span, asked), calm);
  }

  close(): void {
    this.look(null);
  }

  /** What to draw of `all` while `span` is shown. */
  over(all: Measurements, span: Span | null): Measurements {
    const found = this.#found;
    if (!found || !span || !covers(found.span, span)) return all;
    // The same answer is the same object: the charts compute nothing anew while a stretch is moved.
    if (this.#joined?.all !== all || this.#joined.found !== found.measurements) {
      const last = found.measurements.steps.at(-1);
      // A run that trains goes on behind what was found.
      const both = last === undefined ? all : joined(found.measurements, since(all, last));
      this.#joined = { all, found: found.measurements, both };
    }
    return this.#joined.both;
  }

  async #ask(span: Span, asked: number): Promise<void> {
    const margin = (span.to - span.from) / 4;
    const wide = { from: Math.max(0, span.from - margin), to: span.to + margin };
    try {
      const measurements = await this.#studio.client.runs.measurements({
        ...(wide.from >= 1 && { after: Math.floor(wide.from) }),
        ...{ id: this.#id, before: Math.ceil(wide.to) + 1, points: chartPoints },
      });
      if (asked === this.#asked) this.#found = { span: wide, measurements };
    } catch {
      // The few figures that are there stay; the next look asks again.
    }
  }
}

const covers = (wide: Span, span: Span): boolean => wide.from <= span.from && wide.to >= span.to;
