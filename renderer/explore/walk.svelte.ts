/** The images on the way from pick A to pick B, and the file that plays them. */
import * as v from "valibot";
import { bytesOfVectors } from "../../main/contract/explore.ts";
import { keep, recall } from "../shared/kept.ts";
import { problemMessage } from "../shared/problem-message.ts";
import type { Exploration } from "./exploration.svelte.ts";
import { imagesOf, type ExploredImage } from "./explored-image.ts";
import { newestOnly } from "../shared/newest-only.ts";

export type AnimationFormat = "gif" | "webp";

const keptSchema = v.strictObject({
  count: v.pipe(v.number(), v.minValue(2), v.maxValue(64)),
  position: v.pipe(v.number(), v.minValue(0)),
});

export class Walk {
  #exploration: Exploration;
  #name: string;
  #count: number;
  #frames = $state.raw<readonly ExploredImage[]>([]);
  #position: number;
  #problem = $state.raw<string | null>(null);
  #saving = $state.raw<AnimationFormat | null>(null);
  #newest = newestOnly<null>(() => this.#draw());

  constructor(exploration: Exploration) {
    this.#exploration = exploration;
    this.#name = `way ${exploration.id}`;
    const kept = recall(this.#name, keptSchema);
    this.#count = $state.raw(kept?.count ?? 12);
    this.#position = $state.raw(kept?.position ?? 0);
  }

  /** Images of the way, 2 to 64. */
  get count(): number {
    return this.#count;
  }
  set count(count: number) {
    this.#count = count;
    this.#keep();
  }
  get frames(): readonly ExploredImage[] {
    return this.#frames;
  }
  /** Which of them is looked at. */
  get position(): number {
    return Math.min(this.#position, this.#frames.length - 1);
  }
  set position(position: number) {
    this.#position = position;
    this.#keep();
  }
  get current(): ExploredImage | null {
    return this.#frames[this.position] ?? null;
  }
  get problem(): string | null {
    return this.#problem;
  }
  /** The format that is being made. */
  get saving(): AnimationFormat | null {
    return this.#saving;
  }

  /** Draws the way anew; of what is asked meanwhile only the last. */
  draw(): void {
    this.#newest.ask(null);
  }

  /** The way there and back as a file; null, and a problem, where it could not be made. */
  async animation(format: AnimationFormat): Promise<Uint8Array | null> {
    const way = this.#way();
    if (!way) return null;
    this.#saving = format;
    try {
      const { file } = await this.#exploration.studio.client.explore.animation({ ...way, format });
      this.#problem = null;
      return file;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
      return null;
    } finally {
      this.#saving = null;
    }
  }

  /** The class is that of A all the way: between two classes there is none. */
  #way() {
    const { a, b, place } = this.#exploration;
    if (!a || !b) return null;
    const ends = { from: bytesOfVectors(a.vector), to: bytesOfVectors(b.vector) };
    return { ...place, ...ends, label: a.label, count: this.#count };
  }

  #keep(): void {
    keep(this.#name, { count: this.#count, position: this.#position });
  }

  async #draw(): Promise<void> {
    const way = this.#way();
    if (!way) return;
    try {
      this.#frames = imagesOf(await this.#exploration.studio.client.explore.between(way));
      this.#problem = null;
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
