/**
 * Grids as pictures that a canvas can cut into cells. They stay decoded while the screen is open:
 * going to and fro with the scrubber must not wait. At most so many; the oldest go first.
 */
import { SvelteMap } from "svelte/reactivity";
import type { Sample } from "../../main/contract/runs.ts";
import type { Studio } from "../shared/studio.ts";

const kept = 400;

/** Turns a PNG file into something that can be drawn. */
export type Decode = (png: Uint8Array) => Promise<ImageBitmap>;

const decodePng: Decode = (png) =>
  createImageBitmap(new Blob([new Uint8Array(png)], { type: "image/png" }));

export class GridImages {
  #studio: Studio;
  #decode: Decode;
  #images = new SvelteMap<string, ImageBitmap>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #asked = new Set<string>();
  #closed = false;

  constructor(studio: Studio, decode: Decode = decodePng) {
    this.#studio = studio;
    this.#decode = decode;
  }

  imageOf(id: string, sample: Sample | null): ImageBitmap | undefined {
    return sample === null ? undefined : this.#images.get(keyOf(id, sample));
  }

  /** Fetches a grid unless it was asked for; one that fails may be asked for again. */
  async load(id: string, sample: Sample): Promise<void> {
    const key = keyOf(id, sample);
    if (this.#asked.has(key) || this.#closed) return;
    this.#asked.add(key);
    try {
      const { png } = await this.#studio.client.runs.sampleImage({ id, step: sample.step });
      this.#keep(key, await this.#decode(png));
    } catch {
      this.#asked.delete(key);
    }
  }

  close(): void {
    this.#closed = true;
    for (const image of this.#images.values()) image.close();
    this.#images.clear();
  }

  #keep(key: string, image: ImageBitmap): void {
    if (this.#closed) {
      image.close();
      return;
    }
    this.#images.set(key, image);
    const [oldest] = this.#images.keys();
    if (this.#images.size <= kept || oldest === undefined) return;
    this.#images.get(oldest)?.close();
    this.#images.delete(oldest);
    this.#asked.delete(oldest);
  }
}

const keyOf = (id: string, { step }: Sample): string => `${id} ${step.toString()}`;
