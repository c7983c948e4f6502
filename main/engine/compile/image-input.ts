/** Where a step's real images come in: as bytes, which the graph scales, or as the numbers themselves. */
import type { Pixels } from "../pixels.ts";
import { typeAttribute, type ElementType } from "./attributes.ts";
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
  const bytes = graph.placeholder(`${name}/bytes`, "uint8", shape);
  const cast = (from: string, [source, target]: [ElementType, ElementType], to: string) =>
    graph.add("Cast", to, [from], { SrcT: typeAttribute(source), DstT: typeAttribute(target) });
  // In double precision: whether TensorFlow divides or multiplies by the inverse, what is rounded to
  // float32 are the very numbers of `toUnitRange`.
  const apply = (operation: string, value: string, by: number) => {
    const constant = graph.constant(`${name}/${operation}/by`, "float64", [], [by]);
    return graph.add(operation, `${name}/${operation}`, [value, constant], {
      T: typeAttribute("float64"),
    });
  };
  const exact = cast(bytes, ["uint8", "float64"], `${name}/exact`);
  const scaled = apply("Sub", apply("RealDiv", exact, 127.5), 1);
  return { bytes, numbers: cast(scaled, ["float64", "float32"], `${name}/numbers`) };
}

export const feedImages = (
  { bytes, numbers }: ImageInput,
  pixels: Pixels,
  shape: readonly number[],
): Feed =>
  pixels instanceof Uint8Array
    ? { node: bytes, type: "uint8", shape, values: pixels }
    : { node: numbers, type: "float32", shape, values: pixels };
