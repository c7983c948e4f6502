/** A network as data: a stack of layers; and what follows from it: shapes, variables, counts. */
import * as v from "valibot";
import { kindOf, layerSchema, type Layer } from "./layers.ts";
import { ShapeMismatch, type Variable } from "./layers/kind.ts";
import { Problem } from "./problem.ts";
import { formatShape, sizeOf, type Shape } from "./shape.ts";

export const networkSchema = v.strictObject({
  layers: v.pipe(v.array(layerSchema), v.minLength(1), v.maxLength(256)),
});

export type Network = v.InferOutput<typeof networkSchema>;

interface InferredLayer {
  layer: Layer;
  input: Shape;
  output: Shape;
  variables: Variable[];
}

export interface InferredNetwork {
  layers: InferredLayer[];
  output: Shape;
  /** Number of trained values. */
  parameters: number;
}

/**
 * Follows one example of shape `input` through the stack.
 * Throws `spec.shape`, naming the network, the layer's place (from 1) and both shapes.
 */
export function inferNetwork(name: string, network: Network, input: Shape): InferredNetwork {
  const layers: InferredLayer[] = [];
  let shape = input;
  for (const [index, layer] of network.layers.entries()) {
    const kind = kindOf(layer);
    const output = outputAt(name, index, layer, shape);
    layers.push({
      layer,
      input: shape,
      output,
      variables: kind.variables?.(layer, shape) ?? [],
    });
    shape = output;
  }
  const parameters = layers
    .flatMap(({ variables }) => variables)
    .filter((variable) => variable.trainable)
    .reduce((sum, variable) => sum + sizeOf(variable.shape), 0);
  return { layers, output: shape, parameters };
}

/** Values that one example may have after a layer: a 4096×4096 grey image. */
const largestExample = 2 ** 24;

function outputAt(name: string, index: number, layer: Layer, shape: Shape): Shape {
  try {
    const output = kindOf(layer).output(layer, shape);
    if (sizeOf(output) <= largestExample) return output;
    throw new ShapeMismatch(
      `makes ${formatShape(output)}, more than the ${largestExample.toLocaleString("en")} values that one example may have; use fewer filters or a smaller stride`,
    );
  } catch (thrown) {
    if (!(thrown instanceof ShapeMismatch)) throw thrown;
    const place = `${name} layer ${(index + 1).toString()} (${layer.kind})`;
    throw new Problem("spec.shape", `${place}: ${thrown.message}.`);
  }
}
