/** All inner products between two sets of rows, by the engine's matrix product. */
import * as tf from "@tensorflow/tfjs-core";

/**
 * `a` [n, size] and `b` [m, size] → [n, m], row after row. The caller cuts large sets into blocks: the
 * answer lies in memory as a whole.
 */
export async function innerProducts(
  a: Float32Array,
  b: Float32Array,
  size: number,
): Promise<Float32Array> {
  const product = tf.tidy(() =>
    tf.matMul(
      tf.tensor2d(a, [a.length / size, size]),
      tf.tensor2d(b, [b.length / size, size]),
      false,
      true,
    ),
  );
  const values = await product.data<"float32">();
  product.dispose();
  return values;
}
