/**
 * A network as blocks whose sizes follow its tensors: an image is a box as high and deep as the image
 * and as thick as it has channels, a vector is a thin bar. Roots tame the range (1 to 6272 values)
 * and keep the order. Only tensors are drawn: layers that keep a shape add none.
 */
import type { NetworkFlow } from "../../main/spec/flow.ts";
import { formatShape, sameShape, sizeOf, type Shape } from "../../main/spec/shape.ts";

export interface Block {
  /** Place of the layer that makes it; −1 for the network's input. */
  layer: number;
  label: string;
  /** Front face's left edge, and its size, in drawing units. */
  x: number;
  thickness: number;
  height: number;
  /** How far the back face is moved right and up; 0 for vectors. */
  depth: number;
}

export interface Drawing {
  blocks: Block[];
  width: number;
}

/** Sizes that a drawing of both networks is scaled by. */
export interface Scale {
  side: number;
  channels: number;
  values: number;
}

export const drawingHeight = 88;
const pitch = 76;

/** The tensors on a network's way, each new shape once; stops where a shape is not known. */
export function tensorsOf(flow: NetworkFlow): { layer: number; shape: Shape }[] {
  const tensors: { layer: number; shape: Shape }[] = [];
  const add = (layer: number, shape: Shape | null) => {
    const last = tensors.at(-1);
    if (shape !== null && !(last && sameShape(last.shape, shape))) tensors.push({ layer, shape });
  };
  add(-1, flow.input);
  for (const [index, { output }] of flow.layers.entries()) add(index, output);
  return tensors;
}

export function scaleOf(flows: readonly NetworkFlow[]): Scale {
  const shapes = flows.flatMap((flow) => tensorsOf(flow).map(({ shape }) => shape));
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b), 1);
  const images = shapes.filter((shape) => shape.length === 3);
  return {
    side: most(images.map(([height = 1]) => height)),
    channels: most(images.map((shape) => shape[2] ?? 1)),
    values: most(shapes.filter((shape) => shape.length < 3).map(sizeOf)),
  };
}

function blockOf(shape: Shape, scale: Scale): Pick<Block, "thickness" | "height" | "depth"> {
  const [height = 1, , channels = 1] = shape;
  if (shape.length < 3) {
    const share = Math.sqrt(sizeOf(shape) / scale.values);
    return { thickness: 5, height: 6 + 74 * share, depth: 0 };
  }
  const side = 10 + 50 * Math.sqrt(height / scale.side);
  return {
    thickness: 3 + 26 * Math.sqrt(channels / scale.channels),
    height: side,
    depth: side * 0.4,
  };
}

export function drawingOf(flow: NetworkFlow, scale: Scale): Drawing {
  const tensors = tensorsOf(flow);
  const blocks = tensors.map(({ layer, shape }, index): Block => {
    const block = blockOf(shape, scale);
    // Each block stands in the middle of its column, its label below it.
    const x = pitch * (index + 0.5) - (block.thickness + block.depth) / 2;
    return { layer, label: formatShape(shape), x, ...block };
  });
  return { blocks, width: pitch * Math.max(1, tensors.length) };
}
