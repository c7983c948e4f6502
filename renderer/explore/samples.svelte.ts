/** New samples of a generator: what they are drawn from, in which order they are shown, and the drawing. */
import type { Payload } from "../../main/contract/commands.ts";
import type { ExploredImages } from "../../main/contract/explore.ts";
import { problemMessage } from "../shared/problem-message.ts";
import { imagesOf, sorted, type ExploredImage, type Order } from "./explored-image.ts";
import { problemOf, usualCount, type Look, type SampleSettings } from "./look.ts";

interface Generator {
  /** Draws with the chosen checkpoint. */
  draw: (
    latent: Extract<Payload<"explore.images">["latent"], { kind: "new" }>,
  ) => Promise<ExploredImages>;
  /** Told of what was drawn, and by the checkpoint of which step. */
  ondrawn: (drawn: readonly ExploredImage[], step: number) => void;
}

export class Samples {
  #generator: Generator;
  #settings: SampleSettings;
  #order: Order;
  #all = $state.raw<readonly ExploredImage[] | null>(null);
  #problem = $state.raw<string | null>(null);
  #drawing = $state.raw(false);
  /** Something was asked for since the last draw began. */
  #again = false;
  readonly #shown = $derived.by(() => this.#all && sorted(this.#all, this.#order));

  /** `look`: what is looked at first. */
  constructor({ seed, count, label, truncation, order }: Look, generator: Generator) {
    this.#generator = generator;
    this.#settings = $state.raw({ seed, count: count ?? usualCount(0), label, truncation });
    this.#order = $state.raw(order);
  }

  get settings(): SampleSettings {
    return this.#settings;
  }
  /** Why they cannot be drawn as the fields say; null where they can. */
  get fieldProblem(): string | null {
    return problemOf(this.#settings);
  }
  /** In the chosen order; null before the first. */
  get shown(): readonly ExploredImage[] | null {
    return this.#shown;
  }
  get drawing(): boolean {
    return this.#drawing;
  }
  get problem(): string | null {
    return this.#problem;
  }
  get order(): Order {
    return this.#order;
  }
  set order(order: Order) {
    this.#order = order;
  }

  change(settings: Partial<SampleSettings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** Draws what the fields ask for: one after the other, and of what is asked meanwhile only the last. */
  async draw(): Promise<void> {
    if (this.fieldProblem !== null) return;
    this.#again = true;
    if (this.#drawing) return;
    this.#drawing = true;
    while (this.#again) {
      this.#again = false;
      await this.#drawOnce();
    }
    this.#drawing = false;
  }

  async #drawOnce(): Promise<void> {
    const { seed, count, label, truncation } = this.#settings;
    if (seed === null || count === null) return;
    try {
      const answer = await this.#generator.draw({ kind: "new", seed, count, label, truncation });
      if (this.#again) return;
      const drawn = imagesOf(answer);
      this.#all = drawn;
      this.#problem = null;
      this.#generator.ondrawn(drawn, answer.step);
    } catch (thrown) {
      this.#problem = problemMessage(thrown);
    }
  }
}
