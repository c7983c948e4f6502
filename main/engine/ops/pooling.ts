/**
 * Pooling over non-overlapping windows, twice differentiable. `maxPool` gives the gradient of a
 * window to its first largest value, as TensorFlow and PyTorch do; tfjs has no second derivative.
 */
import * as tf from "@tensorflow/tfjs-core";

const asImages = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** An input of max pooling and what came out of it. */
interface Pooled {
  x: tf.Tensor;
  y: tf.Tensor;
}

/** Scatters `dy` to the places of the largest values of `x`. Linear in `dy`. */
const spread = (dy: tf.Tensor, { x, y }: Pooled, size: number): tf.Tensor =>
  tf
    .engine()
    .runKernel(
      "MaxPoolGrad",
      { dy, input: x, output: y },
      { filterSize: size, strides: size, pad: "valid" },
    );

/** Images [batch, height, width, channels] → height and width divided by `size`, rounded down. */
export function maxPool(images: tf.Tensor, size: number): tf.Tensor {
  const pool = tf.customGrad((input, save) => {
    const x = asImages(input as tf.Tensor);
    const y = tf.maxPool(x, size, size, "valid");
    (save as tf.GradSaveFunc)([x, y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => maxPoolGradient(dy, pooledOf(saved), size),
    };
  });
  return pool(images);
}

const pooledOf = ([x, y]: tf.Tensor[]): Pooled => ({ x: x as tf.Tensor, y: y as tf.Tensor });

/** The gradient of `maxPool`, itself differentiable in `dy` (the chosen places do not move). */
function maxPoolGradient(dy: tf.Tensor, pooled: Pooled, size: number): tf.Tensor {
  const gradient = tf.customGrad((upstream, x, y, save) => {
    const given = pooledOf([x as tf.Tensor, y as tf.Tensor]);
    (save as tf.GradSaveFunc)([given.x, given.y]);
    return {
      value: spread(upstream as tf.Tensor, given, size),
      gradFunc: (ddx: tf.Tensor, saved: tf.Tensor[]) => {
        const kept = pooledOf(saved);
        const chosen = spread(tf.onesLike(kept.y), kept, size);
        const gathered = tf.mul(averagePool(tf.mul(ddx, chosen), size), size * size);
        return [gathered, tf.zerosLike(kept.x), tf.zerosLike(kept.y)];
      },
    };
  });
  return gradient(dy, pooled.x, pooled.y);
}

/** Mean of each window, out of reshapes and sums, whose gradients are right to any order. */
export function averagePool(x: tf.Tensor, size: number): tf.Tensor {
  const [batch, height, width, channels] = asImages(x).shape;
  const rows = Math.floor(height / size);
  const columns = Math.floor(width / size);
  const whole =
    rows * size === height && columns * size === width
      ? x
      : tf.slice(x, [0, 0, 0, 0], [batch, rows * size, columns * size, channels]);
  const windows = tf.reshape(whole, [batch * rows, size, columns, size * channels]);
  const overRows = tf.reshape(tf.mean(windows, 1), [batch * rows * columns, size, channels]);
  return tf.reshape(tf.mean(overRows, 1), [batch, rows, columns, channels]);
}

/** Each pixel as a square of equal ones, [b, h, w, c] → [b, h·size, w·size, c]. */
export function upsample(x: tf.Tensor, size: number): tf.Tensor {
  const [batch, height, width, channels] = asImages(x).shape;
  const wide = tf.tile(tf.reshape(x, [batch * height * width, 1, channels]), [1, size, 1]);
  const rows = tf.reshape(wide, [batch * height, 1, width * size * channels]);
  return tf.reshape(tf.tile(rows, [1, size, 1]), [batch, height * size, width * size, channels]);
}
