/** Where a step's real images come in: as bytes, which the graph scales, or as the numbers themselves. */
import type { Pixels } from "../pixels.ts";
import { typeAttribute } from "./attributes.ts";
import type { Graph } from "./graph.ts";
import type { Feed } from "./session.ts";

/** Names of nodes; what is fed to `numbers` takes the place of the scaled bytes. */
export interface ImageInput {
  /** uint8 [batch, height, width, channels] */
  bytes: string;
  /** float32 of the same shape, in [−1, 1] */
  numbers: string;
}

/** Adds an input of images to the graph, below the name `name`. */
export function addImageInput(graph: Graph, name: string, shape: readonly number[]): ImageInput {
  const type = typeAttribute("float32");
  const bytes = graph.placeholder(`${name}/bytes`, "uint8", shape);
  const cast = graph.add("Cast", `${name}/cast`, [bytes], {
    SrcT: typeAttribute("uint8"),
    DstT: type,
  });
  const middle = graph.constant(`${name}/middle`, "float32", [], [127.5]);
  const apply = (operation: string, value: string) =>
    graph.add(operation, `${name}/${operation}`, [value, middle], { T: type });
  // (x − 127.5) / 127.5 is rounded once, to the very numbers of `toUnitRange`. TensorFlow would make a
  // plain division by a constant a product with its inverse, which is rounded twice.
  return { bytes, numbers: apply("DivNoNan", apply("Sub", cast)) };
}

export const feedImages = (
  { bytes, numbers }: ImageInput,
  pixels: Pixels,
  shape: readonly number[],
): Feed =>
  pixels instanceof Uint8Array
    ? { node: bytes, type: "uint8", shape, values: pixels }
    : { node: numbers, type: "float32", shape, values: pixels };
