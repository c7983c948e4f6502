/** The two picked images, and which of them the next click goes to; they outlast a reload. */
import * as v from "valibot";
import { keep, recall } from "../shared/kept.ts";
import type { ExploredImage } from "./explored-image.ts";
import { keptImage, keptImageSchema } from "./kept-images.ts";

const sides = ["a", "b"] as const;
export type Side = (typeof sides)[number];

const keptSchema = v.strictObject({
  /** Of the checkpoint that drew them. */
  step: v.number(),
  ...{ a: v.nullable(keptImageSchema), b: v.nullable(keptImageSchema), next: v.picklist(sides) },
});

/** Drawn from the same latent vector as the same class: by one checkpoint, the same image. */
const isSame = (one: ExploredImage, other: ExploredImage): boolean =>
  one === other ||
  (one.label === other.label &&
    one.vector.length === other.vector.length &&
    one.vector.every((value, place) => value === other.vector[place]));

export class Picks {
  #name: string;
  // One by one: who follows A is not told of another B.
  a = $state.raw<ExploredImage | null>(null);
  b = $state.raw<ExploredImage | null>(null);
  next = $state.raw<Side>("a");

  constructor(run: string) {
    this.#name = `picks ${run}`;
  }

  /** Makes an image the next pick; the one after it goes to the other side. */
  pick(image: ExploredImage, side: Side): void {
    this[side] = image;
    this.next = side === "a" ? "b" : "a";
  }

  /** `a`, `b`, or both where an image was picked twice. */
  sidesOf(image: ExploredImage): Side[] {
    return sides.filter((side) => {
      const picked = this[side];
      return picked !== null && isSame(picked, image);
    });
  }

  /** Takes up what was kept, as far as its vectors have `size` numbers; the step that drew it, or null. */
  recall(size: number): number | null {
    const kept = recall(this.#name, keptSchema);
    if (!kept || [kept.a, kept.b].some((image) => image && image.vector.length !== size))
      return null;
    [this.a, this.b, this.next] = [kept.a, kept.b, kept.next];
    return kept.step;
  }

  keep(step: number): void {
    const { a, b, next } = this;
    if (a === null) return;
    keep(this.#name, { step, next, a: keptImage(a), b: b && keptImage(b) });
  }
}
