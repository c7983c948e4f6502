/**
 * Spectral normalisation (Miyato et al. 2018) at inference is a constant: the kernel divided by its
 * largest singular value, followed from the stored direction as the engine does it in evaluation.
 */
import type { HostTensor } from "../engine/tensors.ts";

/** As in the engine: keeps a zero vector from making NaN. */
const least = 1e-12;

function unit(values: Float64Array): Float64Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return values.map((value) => value / (length + least));
}

/**
 * @param outputAxis the kernel's axis that counts its outputs
 * @param u the stored direction, one value an output
 */
export function spectrallyDivided(
  { shape, values }: HostTensor,
  outputAxis: number,
  u: Float32Array,
): HostTensor {
  const outputs = shape[outputAxis] ?? 1;
  const inner = shape.slice(outputAxis + 1).reduce((product, size) => product * size, 1);
  const rows = values.length / outputs;
  // As a matrix [rows, outputs] in which the output's axis is moved to the end.
  const product = (direction: Float64Array): Float64Array => {
    const result = new Float64Array(rows);
    for (const [place, value] of values.entries()) {
      const output = Math.floor(place / inner) % outputs;
      const row = Math.floor(place / (inner * outputs)) * inner + (place % inner);
      result[row] = (result[row] ?? 0) + value * (direction[output] ?? 0);
    }
    return result;
  };
  const v = unit(product(Float64Array.from(u)));
  const along = product(unit(Float64Array.from(u)));
  const sigma = along.reduce((sum, value, row) => sum + value * (v[row] ?? 0), 0);
  return { shape, values: values.map((value) => value / sigma) };
}
