/**
 * A network that is built again from a file of ours: the specification from its metadata, the weights
 * from its tensors, as the engine wants them. For formats that nothing here but the engine can run,
 * and for import.
 */
import { buildGan, stateShapes } from "../engine/gan.ts";
import { variableName } from "../engine/networks/network.ts";
import type { HostTensor, HostTensors } from "../engine/tensors.ts";
import { formatShape, sameShape } from "../spec/shape.ts";
import type { Inputs, ReadModel } from "./format.ts";
import { readMetadata, unreadable, type Metadata } from "./metadata.ts";
import { exportModel } from "./model.ts";
import { weightsOf, type Operation } from "./operation.ts";
import { engineOutput } from "./reference.ts";

/** The engine's words for what operations call otherwise. */
const variableNames: Record<string, string> = { mean: "movingMean", variance: "movingVariance" };

/** A weight in our order of axes; undefined where the file has none. */
type Lookup = (operation: Operation, weight: string) => HostTensor | undefined;

/**
 * `file` names it in messages. Throws `export.unreadable` where a tensor is missing or has another
 * shape, and `spec.invalid` or `spec.shape` where the specification is none.
 */
export function readModel(metadata: Metadata, file: string, tensorOf: Lookup): ReadModel {
  const read = { ...readMetadata(metadata, file), state: {}, facts: metadata };
  const { specification, player } = read;
  const skeleton = exportModel({
    ...{ specification, player, useAverage: false },
    state: withoutValues(specification),
  });
  const state: Record<string, HostTensor> = {};
  for (const operation of skeleton.operations) {
    const { layer, name } = operation;
    for (const [weight, { shape }] of Object.entries(weightsOf(operation))) {
      const tensor = tensorOf(operation, weight);
      if (!tensor) throw unreadable(file, `lacks the ${weight} of «${name}»`);
      if (!sameShape(tensor.shape, shape)) {
        throw unreadable(
          file,
          `has a ${weight} of «${name}» of ${formatShape(tensor.shape)} values in place of ${formatShape(shape)}`,
        );
      }
      state[variableName(player, layer ?? 0, variableNames[weight] ?? weight)] = tensor;
    }
  }
  return { ...read, state };
}

/** Only the shapes are looked at; 150 million zeros would be a waste. */
function withoutValues(specification: ReadModel["specification"]): HostTensors {
  const none = new Float32Array(0);
  return Object.fromEntries(
    Object.entries(stateShapes(buildGan(specification))).map(([name, shape]) => [
      name,
      { shape, values: none },
    ]),
  );
}

/** Computes with a network that was read back. Needs a loaded engine. */
export const runRead = (read: ReadModel, inputs: Inputs): Promise<Float32Array<ArrayBuffer>> =>
  engineOutput({ ...read, useAverage: false }, inputs);
