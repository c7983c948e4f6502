/** From an image to the latent vector that comes nearest to it. */
import type { SearchProgress } from "../../main/contract/explore.ts";
import type { PixelBatch } from "../../main/contract/system.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Exploration } from "./exploration.svelte.ts";
import { imagesOf, type ExploredImage } from "./explored-image.ts";

export interface Found {
  target: PixelBatch;
  image: ExploredImage;
  /** Root mean square of the differences of bytes. */
  distance: number;
}

export class Search {
  #exploration: Exploration;
  #progress = $state.raw<SearchProgress | null>(null);
  #searching = $state.raw(false);
  #found = $state.raw<Found | null>(null);
  #problem = $state.raw<string | null>(null);
  #seed = 0;

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
  }

  /** Null while it only tries random vectors. */
  get progress(): SearchProgress | null {
    return this.#progress;
  }
  get searching(): boolean {
    return this.#searching;
  }
  get found(): Found | null {
    return this.#found;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Listens for progress; the returned function stops that, and a search that is under way. */
  open(): () => void {
    const { studio, id } = this.#exploration;
    const stop = studio.client.subscribe("explore.searching", (progress) => {
      if (progress.id === id && this.#searching) this.#progress = progress;
    });
    return () => {
      stop();
      if (this.#searching) void this.cancel();
    };
  }

  /** Searches from other random vectors each time. `label`: a class, or null for any. */
  async start(target: PixelBatch, label: number | null): Promise<void> {
    if (this.#searching) return;
    this.#searching = true;
    this.#progress = null;
    this.#problem = null;
    const { place, studio } = this.#exploration;
    try {
      const asked = { ...place, pixels: target.pixels, label, seed: this.#seed++ };
      const answer = await studio.client.explore.search(asked);
      const [image] = imagesOf(answer);
      this.#found = image ? { target, image, distance: answer.distance } : null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#searching = false;
    }
  }

  /** The search then answers with the best until now. */
  async cancel(): Promise<void> {
    try {
      await this.#exploration.studio.client.explore.cancelSearch({ id: this.#exploration.id });
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
