/**
 * PNG files that were asked for, as addresses that an `<img>` can show. At most four are fetched at
 * once: a long run has hundreds of grids, and commands must not wait behind all of them.
 */
import { SvelteMap } from "svelte/reactivity";

const atOnce = 4;

export class PngImages {
  #addresses = new SvelteMap<string, string>();
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- never shown
  #asked = new Set<string>();
  #waiting: (() => Promise<void>)[] = [];
  #running = 0;
  #closed = false;

  /** The image's address, once it has come. */
  addressOf(key: string): string | undefined {
    return this.#addresses.get(key);
  }

  /** Fetches an image unless it was asked for before. One that fails may be asked for again. */
  load(key: string, fetchPng: () => Promise<Uint8Array | null>): void {
    if (this.#asked.has(key) || this.#closed) return;
    this.#asked.add(key);
    this.#waiting.push(async () => {
      try {
        const png = await fetchPng();
        if (png && !this.#closed) this.#keep(key, png);
      } catch {
        this.#asked.delete(key);
      }
    });
    this.#next();
  }

  /** Fetches an image anew; the old one is shown until the new one is there. */
  refresh(key: string, fetchPng: () => Promise<Uint8Array | null>): void {
    this.#asked.delete(key);
    this.load(key, fetchPng);
  }

  /** Frees the images; nothing is kept after this. */
  close(): void {
    this.#closed = true;
    this.#waiting = [];
    for (const address of this.#addresses.values()) URL.revokeObjectURL(address);
    this.#addresses.clear();
  }

  #keep(key: string, png: Uint8Array): void {
    const old = this.#addresses.get(key);
    const blob = new Blob([new Uint8Array(png)], { type: "image/png" });
    this.#addresses.set(key, URL.createObjectURL(blob));
    if (old) URL.revokeObjectURL(old);
  }

  #next(): void {
    if (this.#running >= atOnce) return;
    const job = this.#waiting.shift();
    if (!job) return;
    this.#running += 1;
    void job().finally(() => {
      this.#running -= 1;
      this.#next();
    });
  }
}
