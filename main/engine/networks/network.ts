/** A network's pass through its layers, over variables named «network.layer.variable». */
import type * as tf from "@tensorflow/tfjs-core";
import type { InferredNetwork } from "../../spec/network.ts";
import { tensorOf, type Tensors } from "../tensors.ts";
import { runLayer, type Mode } from "./layers.ts";

export type NetworkName = "generator" | "discriminator";

/** Names of all networks that have variables. A classifier is none of a run's two. */
export type NamedNetwork = NetworkName | "classifier";

export const variableName = (network: NamedNetwork, layer: number, variable: string): string =>
  `${network}.${layer.toString()}.${variable}`;

/** Full names of a network's variables, in order. */
export const variableNames = (
  name: NamedNetwork,
  network: InferredNetwork,
  { trainedOnly }: { trainedOnly: boolean },
): string[] =>
  network.layers.flatMap((layer, index) =>
    layer.variables
      .filter((variable) => variable.trainable || !trainedOnly)
      .map((variable) => variableName(name, index, variable.name)),
  );

export interface Pass {
  name: NetworkName;
  network: InferredNetwork;
  variables: Tensors;
  mode: Mode;
  /** Names this pass among all of a step, for its random numbers. */
  purpose: string;
  /** Sees what each layer gives. */
  onLayer?: (index: number, output: tf.Tensor) => void;
}

/** A pass of any network. */
type AnyPass = Omit<Pass, "name"> & { name: NamedNetwork };

export interface PassResult {
  output: tf.Tensor;
  /** New moving statistics by full name; empty in evaluation. */
  statistics: Tensors;
}

/** Runs a batch `x` [batch, …input] through the network → [batch, …output]. */
export function runNetwork(x: tf.Tensor, pass: AnyPass): PassResult {
  const statistics: Record<string, tf.Tensor> = {};
  let output = x;
  for (const [index, { layer, variables, output: shape }] of pass.network.layers.entries()) {
    const full = (variable: string) => variableName(pass.name, index, variable);
    const result = runLayer(output, {
      layer,
      variables: Object.fromEntries(
        variables.map(({ name }) => [name, tensorOf(pass.variables, full(name))]),
      ),
      output: shape,
      mode: pass.mode,
      purpose: `${pass.purpose}/${index.toString()}`,
      biasIsIdle: pass.mode.training && pass.network.layers[index + 1]?.layer.kind === "batchNorm",
    });
    output = result.output;
    pass.onLayer?.(index, output);
    for (const [name, value] of Object.entries(result.statistics ?? {})) {
      statistics[full(name)] = value;
    }
  }
  return { output, statistics };
}
