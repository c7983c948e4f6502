/**
 * Gradients of a convolution as convolutions, for an engine that has no fast kernel of its own
 * (Dumoulin and Visin 2016, «A guide to convolution arithmetic», sections 4 and 5).
 */
import * as tf from "@tensorflow/tfjs-core";

interface Convolution {
  strides: [number, number] | number;
  pad: "same" | "valid" | number;
}

interface KernelArguments {
  inputs: tf.NamedTensorInfoMap;
  attrs?: tf.NamedAttrMap | undefined;
}

type Shape4D = [number, number, number, number];

/**
 * ∂L/∂kernel: the input with channels and batch exchanged, convolved with the output's gradient as a
 * kernel; strides and dilations change places.
 */
export function convolutionFilterGradient({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const { x, dy } = inputs as unknown as { x: tf.Tensor4D; dy: tf.Tensor4D };
  const { strides, pad, filterShape } = attrs as unknown as Convolution & { filterShape: Shape4D };
  return tf.tidy(() => {
    const info = tf.backend_util.computeConv2DInfo(x.shape, filterShape, strides, 1, pad);
    const { top, bottom, left, right } = info.padInfo;
    const byChannel = tf.pad(tf.transpose(x, [3, 1, 2, 0]), [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ]);
    const kernel = tf.transpose(dy, [1, 2, 0, 3]);
    const dilations: [number, number] = [info.strideHeight, info.strideWidth];
    const full = tf.conv2d(byChannel, kernel, 1, "valid", "NHWC", dilations);
    // Rows that the stride never reached would otherwise appear as extra kernel rows.
    const cut = tf.slice(full, [0, 0, 0, 0], [-1, filterShape[0], filterShape[1], -1]);
    return tf.transpose(cut, [1, 2, 0, 3]);
  });
}

/**
 * ∂L/∂input: the output's gradient, with zeros put between its values for the stride, convolved with
 * the kernel turned by half a circle and with its channels exchanged.
 */
export function convolutionInputGradient({ inputs, attrs }: KernelArguments): tf.TensorInfo {
  const { dy, filter } = inputs as unknown as { dy: tf.Tensor4D; filter: tf.Tensor4D };
  const { strides, pad, inputShape } = attrs as unknown as Convolution & { inputShape: Shape4D };
  return tf.tidy(() => {
    const info = tf.backend_util.computeConv2DInfo(inputShape, filter.shape, strides, 1, pad);
    const spread = withZeros(dy, info.strideHeight, info.strideWidth);
    const before = {
      top: info.filterHeight - 1 - info.padInfo.top,
      left: info.filterWidth - 1 - info.padInfo.left,
    };
    const [, height, width] = inputShape;
    const framed = tf.pad(spread, [
      [0, 0],
      [before.top, height + info.filterHeight - 1 - before.top - spread.shape[1]],
      [before.left, width + info.filterWidth - 1 - before.left - spread.shape[2]],
      [0, 0],
    ]);
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    return tf.conv2d(framed, turned, 1, "valid");
  });
}

/** Puts `rows` − 1 and `columns` − 1 zeros between neighbours: n values take (n − 1) · stride + 1. */
function withZeros(x: tf.Tensor4D, rows: number, columns: number): tf.Tensor4D {
  if (rows === 1 && columns === 1) return x;
  const [batch, height, width, channels] = x.shape;
  const wide = tf.pad(tf.reshape(x, [batch * height * width, 1, channels]), [
    [0, 0],
    [0, columns - 1],
    [0, 0],
  ]);
  const tall = tf.pad(tf.reshape(wide, [batch * height, 1, width * columns * channels]), [
    [0, 0],
    [0, rows - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(tall, [batch, height * rows, width * columns, channels]);
  const size: Shape4D = [batch, (height - 1) * rows + 1, (width - 1) * columns + 1, channels];
  return tf.slice(whole, [0, 0, 0, 0], size) as tf.Tensor4D;
}
