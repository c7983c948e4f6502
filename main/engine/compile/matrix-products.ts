/**
 * tfjs multiplies matrices as batches of one (`BatchMatMulV2`). TensorFlow computes the same by `MatMul`,
 * and fuses a bias and a rectifier behind it into that alone.
 */

const names: Readonly<Record<string, string>> = { adj_x: "transpose_a", adj_y: "transpose_b" };

/** The operation as a graph has it, and its attributes' names. `shape`: of its result. */
export function productOf(
  operation: string,
  shape: readonly number[] | undefined,
): { operation: string; attributeName: (name: string) => string } {
  return operation === "BatchMatMulV2" && shape?.length === 2
    ? { operation: "MatMul", attributeName: (name) => names[name] ?? name }
    : { operation, attributeName: (name) => name };
}
