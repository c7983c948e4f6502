/** Where in a specification something is said of: what an editor can point at. */

export type Section =
  | "generator"
  | "discriminator"
  | "loss"
  | "regularizers"
  | "optimizers"
  | "loop"
  | "augmentation"
  | "conditioning"
  | "whole";

/** `layer` counts from 0; null where the whole section is meant, for a network its end. */
export interface Place {
  section: Section;
  layer: number | null;
}
