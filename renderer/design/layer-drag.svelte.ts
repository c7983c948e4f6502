/** What is being dragged over the two stacks, and where it would land. */
import type { Layer } from "../../main/spec/layers.ts";
import type { LayerPlace } from "./document.ts";

export type Dragged = { from: LayerPlace } | { kind: Layer["kind"] };

export class LayerDrag {
  #dragged = $state.raw<Dragged | null>(null);
  #target = $state.raw<LayerPlace | null>(null);

  get dragged(): Dragged | null {
    return this.#dragged;
  }
  /** The layer before which it would land; as many as there are layers for the end. */
  get target(): LayerPlace | null {
    return this.#target;
  }

  start(dragged: Dragged): void {
    this.#dragged = dragged;
  }

  over(target: LayerPlace): void {
    const now = this.#target;
    if (now?.network === target.network && now.layer === target.layer) return;
    this.#target = target;
  }

  /** Called for every drag, dropped or not. */
  end(): void {
    this.#dragged = null;
    this.#target = null;
  }
}
