/**
 * A small interpreter of a network's operations in plain JavaScript, for the page that runs in any
 * browser. The page gets this function's own text (its types are gone by then), and the tests and the
 * check after writing run the same function in Node: so it must use nothing from outside of itself.
 * Images are [height, width, channels]; sums are kept in 64 bits and rounded once an operation.
 */
import type { Place, Step } from "./program.ts";

type Values = Float32Array<ArrayBuffer>;
type Labels = ArrayLike<number> | null;
type OfExample = (x: Values, label: number) => Values;
type OfBatch = (batch: Values[], labels: Labels) => Values[];

/** Values [count, …input] → [count, …output]. */
export type Network = (values: Float32Array, count: number, labels: Labels) => Values;

/** `bytes` holds the weights where the steps say. Throws for an operation that it does not know. */
export function createNetwork(steps: readonly Step[], bytes: Uint8Array): Network {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

  function fromHalf(bits: number): number {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 31;
    const fraction = bits & 1023;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
    return sign * (1024 + fraction) * 2 ** (exponent - 25);
  }

  function weight(place: Place | undefined): Values {
    const { at, length, half } = place ?? { at: 0, length: 0, half: false };
    const values = new Float32Array(length);
    for (let i = 0; i < length; i++) {
      values[i] = half
        ? fromHalf(view.getUint16(at + 2 * i, true))
        : view.getFloat32(at + 4 * i, true);
    }
    return values;
  }

  const pointwise =
    (change: (x: number) => number): OfExample =>
    (x) =>
      x.map((value) => change(value));

  /** y = x · kernel + bias. */
  function dense({ output, weights }: Step): OfExample {
    const units = output[0] ?? 1;
    const kernel = weight(weights?.kernel);
    const bias = weight(weights?.bias);
    return (x) => {
      const sums = Float64Array.from(bias);
      x.forEach((value, i) => {
        if (value === 0) return;
        for (let j = 0, k = i * units; j < units; j++, k++) {
          sums[j] = (sums[j] as number) + value * (kernel[k] as number);
        }
      });
      return Float32Array.from(sums);
    };
  }

  /** Kernel [size, size, in, out]; zeros around the image. */
  function convolution(step: Step): OfExample {
    const { size = 1, stride = 1, top = 0, left = 0 } = step;
    const [height = 1, width = 1, channels = 1] = step.input;
    const [rows = 1, columns = 1, filters = 1] = step.output;
    const kernel = weight(step.weights?.kernel);
    const bias = weight(step.weights?.bias);
    return (x) => {
      const y = new Float32Array(rows * columns * filters);
      const sums = new Float64Array(filters);
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          sums.set(bias);
          for (let a = 0; a < size; a++) {
            const from = row * stride + a - top;
            if (from < 0 || from >= height) continue;
            for (let b = 0; b < size; b++) {
              const beside = column * stride + b - left;
              if (beside < 0 || beside >= width) continue;
              const first = (from * width + beside) * channels;
              let k = (a * size + b) * channels * filters;
              for (let c = 0; c < channels; c++) {
                const value = x[first + c] as number;
                for (let f = 0; f < filters; f++, k++) {
                  sums[f] = (sums[f] as number) + value * (kernel[k] as number);
                }
              }
            }
          }
          y.set(sums, (row * columns + column) * filters);
        }
      }
      return y;
    };
  }

  /** Kernel [size, size, out, in]: each pixel is spread over a window, what lies outside is cut. */
  function transposedConvolution(step: Step): OfExample {
    const { size = 1, stride = 1, top = 0, left = 0 } = step;
    const [height = 1, width = 1, channels = 1] = step.input;
    const [rows = 1, columns = 1, filters = 1] = step.output;
    const kernel = weight(step.weights?.kernel);
    const bias = weight(step.weights?.bias);
    return (x) => {
      const sums = new Float64Array(rows * columns * filters);
      for (let place = 0; place < sums.length; place += filters) sums.set(bias, place);
      for (let row = 0; row < height; row++) {
        for (let column = 0; column < width; column++) {
          const first = (row * width + column) * channels;
          for (let a = 0; a < size; a++) {
            const to = row * stride + a - top;
            if (to < 0 || to >= rows) continue;
            for (let b = 0; b < size; b++) {
              const beside = column * stride + b - left;
              if (beside < 0 || beside >= columns) continue;
              const place = (to * columns + beside) * filters;
              let k = (a * size + b) * filters * channels;
              for (let f = 0; f < filters; f++) {
                let sum = 0;
                for (let c = 0; c < channels; c++, k++) {
                  sum += (x[first + c] as number) * (kernel[k] as number);
                }
                sums[place + f] = (sums[place + f] as number) + sum;
              }
            }
          }
        }
      }
      return Float32Array.from(sums);
    };
  }

  /** Batch normalisation with constant statistics: a factor and a summand a channel. */
  function scaled({ weights }: Step): OfExample {
    const scale = weight(weights?.scale);
    const shift = weight(weights?.shift);
    const channels = scale.length;
    return (x) =>
      x.map(
        (value, i) => value * (scale[i % channels] as number) + (shift[i % channels] as number),
      );
  }

  function layerNorm({ weights, epsilon = 0 }: Step): OfExample {
    const gamma = weight(weights?.gamma);
    const beta = weight(weights?.beta);
    const channels = gamma.length;
    return (x) => {
      let mean = 0;
      for (const value of x) mean += value / x.length;
      let variance = 0;
      for (const value of x) variance += (value - mean) ** 2 / x.length;
      const root = Math.sqrt(variance + epsilon);
      return x.map((value, i) => {
        const normal = (value - mean) / root;
        return normal * (gamma[i % channels] as number) + (beta[i % channels] as number);
      });
    };
  }

  /** Each pixel as a square of `size`; or the largest or the mean of each square. */
  function windows({ kind, input, output, size = 1 }: Step): OfExample {
    const [, width = 1, channels = 1] = input;
    const [rows = 1, columns = 1] = output;
    return (x) => {
      const y = new Float32Array(rows * columns * channels);
      for (let i = 0; i < y.length; i++) {
        const c = i % channels;
        const column = Math.floor(i / channels) % columns;
        const row = Math.floor(i / channels / columns);
        const pixel = (r: number, k: number) => x[(r * width + k) * channels + c] as number;
        if (kind === "upsample") {
          y[i] = pixel(Math.floor(row / size), Math.floor(column / size));
          continue;
        }
        let largest = -Infinity;
        let sum = 0;
        for (let a = 0; a < size; a++) {
          for (let b = 0; b < size; b++) {
            const value = pixel(row * size + a, column * size + b);
            largest = Math.max(largest, value);
            sum += value;
          }
        }
        y[i] = kind === "maxPool" ? largest : sum / size ** 2;
      }
      return y;
    };
  }

  /** The one-hot class behind the features, or as planes behind the channels. */
  function joinLabels({ input, classes = 1 }: Step): OfExample {
    const before = input[input.length - 1] ?? 1;
    const after = before + classes;
    return (x, label) => {
      const y = new Float32Array((x.length / before) * after);
      for (let i = 0; i < x.length / before; i++) {
        y.set(x.subarray(i * before, (i + 1) * before), i * after);
        y[i * after + before + label] = 1;
      }
      return y;
    };
  }

  function ofExample(step: Step): OfExample {
    const { kind, alpha = 0 } = step;
    switch (kind) {
      case "dense":
        return dense(step);
      case "convolution":
        return convolution(step);
      case "transposedConvolution":
        return transposedConvolution(step);
      case "scale":
        return scaled(step);
      case "layerNorm":
        return layerNorm(step);
      case "upsample":
      case "maxPool":
      case "averagePool":
        return windows(step);
      case "joinLabels":
        return joinLabels(step);
      case "relu":
        return pointwise((x) => Math.max(0, x));
      case "leakyRelu":
        return pointwise((x) => (x > 0 ? x : alpha * x));
      case "elu":
        return pointwise((x) => (x > 0 ? x : alpha * Math.expm1(x)));
      case "tanh":
        return pointwise((x) => Math.tanh(x));
      case "sigmoid":
        return pointwise((x) => 1 / (1 + Math.exp(-x)));
      case "reshape":
        return (x) => x;
      default:
        throw new Error(`There is no operation «${kind}» here.`);
    }
  }

  /** Minibatch discrimination: how close each example lies to all of the batch, as further features. */
  function amongBatch({ input, weights, kernels = 1, dimensions = 1 }: Step): OfBatch {
    const [features = 1] = input;
    const kernel = weight(weights?.kernel);
    const wide = kernels * dimensions;
    const project = (x: Values) => {
      const sums = new Float64Array(wide);
      x.forEach((value, i) => {
        for (let j = 0; j < wide; j++) {
          sums[j] = (sums[j] as number) + value * (kernel[i * wide + j] as number);
        }
      });
      return sums;
    };
    return (batch) => {
      const projected = batch.map(project);
      return batch.map((x, n) => {
        const own = projected[n] as Float64Array;
        const y = new Float32Array(features + kernels);
        y.set(x);
        for (let k = 0; k < kernels; k++) {
          let closeness = 0;
          for (const other of projected) {
            let distance = 0;
            for (let d = k * dimensions; d < (k + 1) * dimensions; d++) {
              distance += Math.abs((own[d] as number) - (other[d] as number));
            }
            closeness += Math.exp(-distance);
          }
          y[features + k] = closeness;
        }
        return y;
      });
    };
  }

  const passes = steps.map((step): OfBatch => {
    if (step.kind === "minibatchDiscrimination") return amongBatch(step);
    const one = ofExample(step);
    return (batch, labels) => batch.map((x, n) => one(x, labels ? (labels[n] ?? 0) : 0));
  });

  return (values, count, labels) => {
    const size = values.length / count;
    let batch: Values[] = [];
    for (let n = 0; n < count; n++)
      batch.push(Float32Array.from(values.subarray(n * size, (n + 1) * size)));
    for (const pass of passes) batch = pass(batch, labels);
    const each = batch[0]?.length ?? 0;
    const result = new Float32Array(count * each);
    batch.forEach((x, n) => {
      result.set(x, n * each);
    });
    return result;
  };
}
