/**
 * What a kind of layer must tell: how it is written (schema), which shape it makes of which, and
 * which variables it owns. Forward passes live in the engine; this is arithmetic on shapes only.
 */
import type { Initializer } from "../initializers.ts";
import type { Shape } from "../shape.ts";

/** A tensor that a layer owns. */
export interface Variable {
  name: string;
  shape: Shape;
  initializer: Initializer;
  /** False for statistics that are measured, not trained (moving mean and variance). */
  trainable: boolean;
  /** Number of inputs (and outputs) that one unit sums over; what the initialisers scale by. */
  fanIn: number;
  fanOut: number;
}

/** Thrown by `output` when the input does not fit; the network adds the layer's place. */
export class ShapeMismatch extends Error {}

export interface LayerKind<Layer> {
  /** Shape of one example after the layer. Throws `ShapeMismatch` when `input` does not fit. */
  output(layer: Layer, input: Shape): Shape;
  /** The layer's variables for an `input` that `output` has accepted. */
  variables?(layer: Layer, input: Shape): Variable[];
  /** The parameters in a few words, for summaries: «64 filters, kernel 4, stride 2». */
  describe?(layer: Layer): string;
}
