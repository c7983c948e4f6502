/**
 * One example's way through a network that may not fit yet: like `inferNetwork`, but it stops at the
 * first layer that cannot go on and keeps what came before it, so that an editor can show the shapes
 * that are known and the problem at its layer.
 */
import * as v from "valibot";
import { layerSchema, type Layer } from "./layers.ts";
import type { Variable } from "./layers/kind.ts";
import { inferNetwork, type Network } from "./network.ts";
import { Problem } from "./problem.ts";
import { sizeOf, type Shape } from "./shape.ts";

export interface LayerFlow {
  layer: Layer;
  /** Null behind a problem. */
  input: Shape | null;
  output: Shape | null;
  variables: readonly Variable[];
  /** Number of trained values. */
  parameters: number;
  /** What is wrong here, as the end of a sentence that starts with the layer; null where nothing is. */
  problem: string | null;
}

export interface NetworkFlow {
  input: Shape | null;
  layers: LayerFlow[];
  /** Null while a layer does not fit. */
  output: Shape | null;
  /** Of the layers whose shapes are known. */
  parameters: number;
}

/** `input` is null while it is not known itself. Fields out of their range end the way silently. */
export function followNetwork({ layers }: Network, input: Shape | null): NetworkFlow {
  let shape = input;
  const flows = layers.map((layer) => {
    const flow = followLayer(layer, shape);
    shape = flow.output;
    return flow;
  });
  const parameters = flows.reduce((sum, flow) => sum + flow.parameters, 0);
  return { input, layers: flows, output: shape, parameters };
}

function followLayer(layer: Layer, input: Shape | null): LayerFlow {
  const unknown = { layer, input, output: null, variables: [], parameters: 0 };
  if (input === null || !v.is(layerSchema, layer)) return { ...unknown, problem: null };
  try {
    const { layers, output, parameters } = inferNetwork("network", { layers: [layer] }, input);
    return {
      ...{ layer, input, output, parameters, problem: null },
      variables: layers[0]?.variables ?? [],
    };
  } catch (thrown) {
    if (!(thrown instanceof Problem)) throw thrown;
    // The message begins with a place in a network of one layer, which says nothing here.
    const start = thrown.message.indexOf(": ");
    return { ...unknown, problem: thrown.message.slice(start + 2) };
  }
}

/** Bytes of a network's trained and measured values, at 4 bytes each. */
export const variableBytes = (flow: NetworkFlow): number =>
  4 *
  flow.layers
    .flatMap(({ variables }) => variables)
    .reduce((sum, variable) => sum + sizeOf(variable.shape), 0);
