/** The first images of the chosen data as its augmentation changes them, asked for once it stands still. */
import type { PixelBatch } from "../../main/contract/system.ts";
import type { Augmentation } from "../../main/spec/augmentation.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Studio } from "../shared/studio.ts";

/** Images a row. */
export const shownImages = 8;

/** Milliseconds for which the settings must stand still. */
const calm = 150;

export class AugmentedImages {
  #studio: Studio;
  #shown = $state.raw<{ plain: PixelBatch; changed: PixelBatch } | null>(null);
  #problem = $state.raw<string | null>(null);
  #seed = $state.raw(0);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** As they are, and changed; null before the first answer. */
  get shown(): { plain: PixelBatch; changed: PixelBatch } | null {
    return this.#shown;
  }
  get problem(): string | null {
    return this.#problem;
  }
  get seed(): number {
    return this.#seed;
  }

  /** Other amounts of the same changes. */
  drawAgain(): void {
    this.#seed += 1;
  }

  /** Shows a data set so; returns the function that gives up asking. */
  show(id: string, augmentation: Augmentation, seed: number): () => void {
    const asked = ++this.#asked;
    this.#timer = setTimeout(() => void this.#ask({ id, augmentation, seed }, asked), calm);
    return () => {
      clearTimeout(this.#timer);
      this.#asked++;
    };
  }

  async #ask(
    { id, augmentation, seed }: { id: string; augmentation: Augmentation; seed: number },
    asked: number,
  ): Promise<void> {
    const { datasets } = this.#studio.client;
    try {
      const [plain, changed] = await Promise.all([
        datasets.preview({ id, count: shownImages }),
        datasets.preview({ id, count: shownImages, augmentation, seed }),
      ]);
      if (asked !== this.#asked) return;
      this.#shown = { plain, changed };
      this.#problem = null;
    } catch (thrown) {
      if (asked === this.#asked) this.#problem = problemMessage(thrown);
    }
  }
}
