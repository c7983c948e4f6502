/** A network for features that is loaded: what the two runtimes have in common. */

export interface LoadedFeatures {
  /** Images [count, height, width, channels] in [−1, 1], as many as fit into memory; gives [count, size]. */
  run(images: Float32Array<ArrayBuffer>, count: number): Promise<Float32Array>;
  dispose(): Promise<void>;
}
