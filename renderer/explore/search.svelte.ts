/** From an image to the latent vector that comes nearest to it. */
import * as v from "valibot";
import type { FoundImage, SearchProgress } from "../../main/contract/explore.ts";
import type { PixelBatch } from "../../main/contract/system.ts";
import { keep, recall } from "../shared/kept.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { findWork } from "../shared/works.ts";
import type { Exploration } from "./exploration.svelte.ts";
import { imagesOf, type ExploredImage } from "./explored-image.ts";
import { keptBatch, keptBatchSchema, keptImage, keptImageSchema } from "./kept-images.ts";

export interface Found {
  target: PixelBatch;
  image: ExploredImage;
  /** Root mean square of the differences of bytes. */
  distance: number;
}

const keptSchema = v.strictObject({
  ...{ target: keptBatchSchema, image: keptImageSchema, distance: v.number() },
});

export class Search {
  #exploration: Exploration;
  #name: string;
  #progress = $state.raw<SearchProgress | null>(null);
  #searching = $state.raw(false);
  #found: Found | null;
  #problem = $state.raw<string | null>(null);
  #seed = 0;

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
    this.#name = `found ${exploration.id}`;
    this.#found = $state.raw<Found | null>(recall(this.#name, keptSchema));
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
    void this.#rejoin();
    return () => {
      stop();
      if (this.#searching) void this.cancel();
    };
  }

  /** Searches from other random vectors each time. `label`: a class, or null for any. */
  async start(target: PixelBatch, label: number | null): Promise<void> {
    if (this.#searching) return;
    const { place, studio } = this.#exploration;
    const asked = { ...place, pixels: target.pixels, label, seed: this.#seed++ };
    await this.#follow(target, studio.client.explore.search(asked));
  }

  /** One that was asked for before this page was loaded. */
  async #rejoin(): Promise<void> {
    const { studio, id, detail } = this.#exploration;
    const work = await findWork(studio, "explore.search", (asked) => asked.id === id);
    if (!work || !detail || this.#searching) return;
    const { image } = detail.specification;
    const target = { ...image, count: 1, pixels: work.payload.pixels };
    await this.#follow(target, work.join(), work.progress);
  }

  async #follow(
    target: PixelBatch,
    answer: Promise<FoundImage>,
    progress: SearchProgress | null = null,
  ): Promise<void> {
    this.#searching = true;
    this.#progress = progress;
    this.#problem = null;
    try {
      const found = await answer;
      const [image] = imagesOf(found);
      this.#found = image ? { target, image, distance: found.distance } : null;
      if (image) this.#keep({ target, image, distance: found.distance });
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#searching = false;
    }
  }

  #keep({ target, image, distance }: Found): void {
    keep(this.#name, { target: keptBatch(target), image: keptImage(image), distance });
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
