/** The training images nearest to pick A. */
import type { NearestImages } from "../../main/contract/explore.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Exploration } from "./exploration.svelte.ts";
import type { ExploredImage } from "./explored-image.ts";

export class Neighbours {
  #exploration: Exploration;
  #of = $state.raw<ExploredImage | null>(null);
  #found = $state.raw<NearestImages | null>(null);
  #looking = $state.raw(false);
  #problem = $state.raw<string | null>(null);

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
  }

  /** The image that they are nearest to. */
  get of(): ExploredImage | null {
    return this.#of;
  }
  get found(): NearestImages | null {
    return this.#found;
  }
  get looking(): boolean {
    return this.#looking;
  }
  get problem(): string | null {
    return this.#problem;
  }

  async look(image: ExploredImage): Promise<void> {
    this.#looking = true;
    try {
      const { place, studio } = this.#exploration;
      const { pixels } = image.image;
      this.#found = await studio.client.explore.nearest({ ...place, pixels });
      this.#of = image;
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    } finally {
      this.#looking = false;
    }
  }
}
