/**
 * What a GPU build of TensorFlow asks for, by its version: TensorFlow's table of tested configurations
 * (tensorflow.org/install/source#gpu) and NVIDIA's of drivers (CUDA compatibility, minor versions). The
 * library opens these files by name when it starts, and goes on without the graphics processor if one
 * is missing.
 */

export interface GpuRequirements {
  cuda: 11 | 12;
  cudnn: 8 | 9;
  /** The oldest driver that serves this CUDA, for Linux. */
  driver: string;
  /** File names of CUDA's libraries. */
  cudaLibraries: readonly string[];
  cudnnLibrary: string;
}

const libraries = {
  11: [
    ...["libcudart.so.11.0", "libcublas.so.11", "libcublasLt.so.11", "libcufft.so.10"],
    ...["libcusolver.so.11", "libcusparse.so.11"],
  ],
  12: [
    ...["libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcufft.so.11"],
    ...["libcusolver.so.11", "libcusparse.so.12"],
  ],
} as const;

/** `version` is for people: «TensorFlow 2.21.0». Null for a version that cannot be read. */
export function requirementsOf(version: string): GpuRequirements | null {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? [];
  if (major !== "2" || minor === undefined) return null;
  const cuda = Number(minor) >= 15 ? 12 : 11;
  const cudnn = Number(minor) >= 18 ? 9 : 8;
  return {
    ...{ cuda, cudnn },
    driver: cuda === 12 ? "525.60.13" : "450.80.02",
    cudaLibraries: libraries[cuda],
    cudnnLibrary: `libcudnn.so.${cudnn}`,
  };
}

/** Whether a dotted version is at least another. */
export function isAtLeast(version: string, least: string): boolean {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number));
  for (const [place, wanted] of (want ?? []).entries()) {
    const there = have?.[place] ?? 0;
    if (there !== wanted) return there > wanted;
  }
  return true;
}
