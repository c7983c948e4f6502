/** What there is to say about an engine that computes. */

export type EngineName = "tensorflow" | "wasm";
export type EngineChoice = "auto" | EngineName;

export interface Backend {
  name: EngineName;
  /** For people: «TensorFlow 2.21.0». */
  version: string;
  device: string;
  threads: number;
}
