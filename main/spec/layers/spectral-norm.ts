/**
 * Spectral normalisation (Miyato et al. 2018) as an option of layers with a kernel: the kernel, as a
 * matrix with one column an output, is divided by its largest singular value. A vector `u`, one
 * value an output, follows that direction by one power iteration a training pass.
 */
import type { Variable } from "./kind.ts";

/** The layer's variables, and `u` where the option is on. */
export function withSpectralNorm(
  { spectralNorm }: { spectralNorm: boolean },
  outputs: number,
  variables: Variable[],
): Variable[] {
  if (!spectralNorm) return variables;
  const initializer = { kind: "normal", mean: 0, standardDeviation: 1 } as const;
  const fan = { fanIn: outputs, fanOut: outputs };
  return [...variables, { name: "u", shape: [outputs, 1], initializer, trainable: false, ...fan }];
}
