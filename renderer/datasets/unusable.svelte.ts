/** The files of a data set that could not be used, asked for when someone wants to see them. */
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

export interface UnusableFile {
  file: string;
  reason: string;
}

export class Unusable {
  #studio: Studio;
  #id: string;
  #files = $state.raw<readonly UnusableFile[] | null>(null);
  #problem = $state.raw<string | null>(null);

  constructor(studio: Studio, id: string) {
    this.#studio = studio;
    this.#id = id;
  }

  /** Null before the answer; the first thousand. */
  get files(): readonly UnusableFile[] | null {
    return this.#files;
  }
  get problem(): string | null {
    return this.#problem;
  }

  async load(): Promise<void> {
    try {
      const { unusable = [] } = await this.#studio.client.datasets.get({ id: this.#id });
      this.#files = unusable;
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
