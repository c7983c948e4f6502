/**
 * Pooling over non-overlapping windows, twice differentiable. `maxPool` gives the gradient of a
 * window to its first largest value, as TensorFlow and PyTorch do; tfjs has no second derivative.
 */
import * as tf from "@tensorflow/tfjs-core";

const asImages = (x: tf.Tensor): tf.Tensor4D => x as tf.Tensor4D;

/** Scatters `dy` to the places of the largest values of `x`. Linear in `dy`. */
function spread(dy: tf.Tensor4D, x: tf.Tensor4D, size: number): tf.Tensor {
  return tf.engine().runKernel(
    "MaxPoolGrad",
    { dy, input: x, output: maximum(x, size) },
    {
      filterSize: size,
      strides: size,
      pad: "valid",
    },
  );
}

const maximum = (x: tf.Tensor4D, size: number): tf.Tensor4D => tf.maxPool(x, size, size, "valid");

/** Images [batch, height, width, channels] → height and width divided by `size`, rounded down. */
export function maxPool(x: tf.Tensor, size: number): tf.Tensor {
  const pool = tf.customGrad((input, save) => {
    (save as tf.GradSaveFunc)([input as tf.Tensor]);
    return {
      value: maximum(asImages(input as tf.Tensor), size),
      gradFunc: (dy: tf.Tensor, [saved]: tf.Tensor[]) =>
        maxPoolGradient(dy, saved as tf.Tensor, size),
    };
  });
  return pool(x);
}

/** The gradient of `maxPool`, itself differentiable in `dy` (the chosen places do not move). */
function maxPoolGradient(dy: tf.Tensor, x: tf.Tensor, size: number): tf.Tensor {
  const { shape } = dy as tf.Tensor4D;
  const gradient = tf.customGrad((upstream, images, save) => {
    (save as tf.GradSaveFunc)([images as tf.Tensor]);
    return {
      value: spread(asImages(upstream as tf.Tensor), asImages(images as tf.Tensor), size),
      gradFunc: (ddx: tf.Tensor, [saved]: tf.Tensor[]) => {
        const chosen = spread(tf.ones<tf.Rank.R4>(shape), asImages(saved as tf.Tensor), size);
        const gathered = tf.mul(averagePool(tf.mul(ddx, chosen), size), size * size);
        return [gathered, tf.zerosLike(saved as tf.Tensor)];
      },
    };
  });
  return gradient(dy, x);
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
