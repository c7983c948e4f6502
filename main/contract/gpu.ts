/** What there is to say about the graphics processor: used or not, why not, and what to do. */

export interface GpuFinding {
  /** What was looked for: «NVIDIA driver», «CUDA 12». */
  name: string;
  /** What was found, or that nothing was. */
  text: string;
  isThere: boolean;
}

export interface GpuReport {
  /** Whether training runs on it. */
  used: boolean;
  /** In the order in which they need each other; empty where there is no graphics processor to speak of. */
  findings: GpuFinding[];
  /** One sentence: what is used, or why no graphics processor is. */
  summary: string;
  /** Exactly what to do; null where nothing can or need be done. */
  remedy: string | null;
}

/** Which TensorFlow sessions load. */
export interface TensorflowChoice {
  /** The folder that was named; null for the one that came with GAN Studio or its set-up. */
  folder: string | null;
  /** Who named it: `GAN_STUDIO_TENSORFLOW` goes before Settings. */
  from: "environment" | "settings" | "own";
  /** Path of the library that was loaded; null where none was, or where the system does not tell. */
  library: string | null;
}
