/** Moving the axes of tensors on the host, for formats that order them otherwise than we do. */
import type { HostTensor } from "../engine/tensors.ts";
import type { Shape } from "../spec/shape.ts";

/** The tensor whose axis i is the given one's axis `order[i]`. */
export function permuted({ shape, values }: HostTensor, order: readonly number[]): HostTensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, size) => a * size, 1));
  const sizes = order.map((axis) => shape[axis] ?? 1);
  const steps = order.map((axis) => strides[axis] ?? 0);
  const result = new Float32Array(values.length);
  const at = sizes.map(() => 0);
  let from = 0;
  for (let place = 0; place < result.length; place++) {
    result[place] = values[from] as number;
    // One further, like an odometer: the last axis is the fastest.
    for (let axis = sizes.length - 1; axis >= 0; axis--) {
      from += steps[axis] as number;
      at[axis] = (at[axis] as number) + 1;
      if ((at[axis] as number) < (sizes[axis] as number)) break;
      from -= (steps[axis] as number) * (sizes[axis] as number);
      at[axis] = 0;
    }
  }
  return { shape: sizes, values: result };
}

/** The order that undoes `order`. */
export const inverse = (order: readonly number[]): number[] =>
  order.map((_, axis) => order.indexOf(axis));

/** False where moving the channels to the front leaves every value in its place. */
export const isTurned = ([height, width, channels]: Shape): boolean =>
  channels !== undefined && channels !== 1 && !(height === 1 && width === 1);

/** How a shape of ours is written channels first. */
export const turned = (shape: Shape): Shape =>
  shape.length === 3 ? [shape[2] ?? 1, shape[0] ?? 1, shape[1] ?? 1] : shape;

/** Images [count, height, width, channels] in the order count, channels, height, width. */
export const channelsFirst = (
  values: Float32Array<ArrayBuffer>,
  count: number,
  [height = 1, width = 1, channels = 1]: readonly number[],
): Float32Array<ArrayBuffer> =>
  permuted({ shape: [count, height, width, channels], values }, [0, 3, 1, 2]).values;

/** The opposite; the shape is again height, width, channels. */
export const channelsLast = (
  values: Float32Array<ArrayBuffer>,
  count: number,
  [height = 1, width = 1, channels = 1]: readonly number[],
): Float32Array<ArrayBuffer> =>
  permuted({ shape: [count, channels, height, width], values }, [0, 2, 3, 1]).values;
