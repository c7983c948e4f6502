/**
 * What a row shows beyond its run's summary: the newest grid, a sketch of the losses, the best quality
 * that was measured. Asked for
 * only once a row has stood still, two at a time: rows that pass by while someone scrolls or types
 * must not fill the few connections that a browser has, which the next search needs.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Measurements, RunSummary } from "../../main/contract/runs.ts";
import { bestEvaluation, protocolKey } from "../../main/spec/evaluation.ts";
import { PngImages } from "../shared/png-images.svelte.ts";
import type { Studio } from "../shared/studio.ts";

/** Measurements of a sketch: about as many as it has pixels. */
const points = 62;
const atOnce = 2;
/** Milliseconds that a row must have been there. */
const patience = 150;

export interface Sketch {
  generator: readonly number[];
  discriminator: readonly number[];
}

export class RowExtras {
  #studio: Studio;
  #images = new PngImages();
  #sketches = new SvelteMap<string, Sketch>();
  #best = new SvelteMap<string, number>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #known = new Set<string>();
  #waiting: RunSummary[] = [];
  #running = 0;
  #closed = false;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** Address of the run's newest grid, once it has come. */
  imageOf(run: RunSummary): string | undefined {
    return this.#images.addressOf(imageKey(run));
  }
  sketchOf({ id }: RunSummary): Sketch | undefined {
    return this.#sketches.get(id);
  }

  /** The smallest Fréchet distance that was measured; undefined where none was. */
  bestOf({ id }: RunSummary): number | undefined {
    return this.#best.get(id);
  }

  /** Asks for what is missing; the returned function takes back what was not asked for yet. */
  load(run: RunSummary): () => void {
    if (this.#known.has(stateKey(run))) return () => undefined;
    const timer = setTimeout(() => {
      // The last one that came into view first: it is more likely to be in view still.
      this.#waiting.unshift(run);
      void this.#next();
    }, patience);
    return () => {
      clearTimeout(timer);
      this.#waiting = this.#waiting.filter((waiting) => waiting !== run);
    };
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
    this.#images.close();
  }

  async #next(): Promise<void> {
    const run = this.#running < atOnce ? this.#waiting.shift() : undefined;
    if (!run) return;
    this.#running += 1;
    this.#known.add(stateKey(run));
    try {
      await this.#fetchImage(run);
      await this.#fetchSketch(run);
      await this.#fetchBest(run);
    } catch {
      // A row without its pictures still tells all figures; it may be asked for again.
      this.#known.delete(stateKey(run));
    }
    this.#running -= 1;
    void this.#next();
  }

  async #fetchImage(run: RunSummary): Promise<void> {
    const { id, newestSample } = run;
    if (newestSample === null || this.imageOf(run) !== undefined) return;
    const { png } = await this.#studio.client.runs.sampleImage({ id, step: newestSample });
    this.#images.load(imageKey(run), () => Promise.resolve(png));
  }

  async #fetchSketch({ id, step }: RunSummary): Promise<void> {
    if (step === 0 || this.#closed) return;
    const measured = await this.#studio.client.runs.measurements({ id, points });
    this.#sketches.set(id, sketchOf(measured));
  }

  /** By the protocol of the newest evaluation alone: others must not be compared with it. */
  async #fetchBest({ id, step }: RunSummary): Promise<void> {
    if (step === 0 || this.#closed) return;
    const { evaluations } = await this.#studio.client.runs.evaluations({ id });
    const newest = evaluations.at(-1);
    if (!newest) return;
    const key = protocolKey(newest.protocol);
    const alike = evaluations.filter(({ protocol }) => protocolKey(protocol) === key);
    const best = bestEvaluation(alike, "frechetDistance")?.values.frechetDistance?.value;
    if (best !== undefined) this.#best.set(id, best);
  }
}

const imageKey = ({ id, newestSample }: RunSummary): string => `${id} ${String(newestSample)}`;
/** What is asked for anew when a live run has moved on. */
const stateKey = (run: RunSummary): string => `${imageKey(run)} ${run.step.toString()}`;

const sketchOf = ({ values }: Measurements): Sketch => ({
  generator: values.lossGenerator,
  discriminator: values.lossDiscriminator,
});
