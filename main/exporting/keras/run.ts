/**
 * Reads a written `.keras` file back, its layers, their order and their weights, and lets the engine
 * compute with them. Keras itself is not here on a user's machine.
 */
import { unzipSync } from "fflate";
import type { HostTensor } from "../../engine/tensors.ts";
import type { ExportedFile, Inputs } from "../format.ts";
import { unreadable, type Metadata } from "../metadata.ts";
import type { Operation } from "../operation.ts";
import { readModel, runRead } from "../read-model.ts";
import { decodeWeights } from "./weights.ts";

interface Config {
  config: { layers: { name: string; class_name: string }[] };
}

/** Where a layer keeps each weight. */
const places: Partial<Record<Operation["kind"], readonly string[]>> = {
  dense: ["kernel", "bias"],
  convolution: ["kernel", "bias"],
  transposedConvolution: ["kernel", "bias"],
  batchNorm: ["gamma", "beta", "mean", "variance"],
  layerNorm: ["gamma", "beta"],
  minibatchDiscrimination: ["kernel"],
};

export async function runKeras(
  [file]: readonly ExportedFile[],
  inputs: Inputs,
): Promise<Float32Array<ArrayBuffer>> {
  if (!file) throw new Error("there is no file to run");
  const entries = unzipSync(file.content);
  const textOf = (name: string): unknown => {
    const entry = entries[name];
    if (!entry) throw unreadable(file.path, `lacks ${name}`);
    return JSON.parse(new TextDecoder().decode(entry));
  };
  const { gan_studio: metadata } = textOf("metadata.json") as { gan_studio: Metadata };
  const { config } = textOf("config.json") as Config;
  const layers = config.layers.map(({ name, class_name }) => ({ name, className: class_name }));
  const weights = await decodeWeights(entries["model.weights.h5"] ?? new Uint8Array(), layers);
  const read = readModel(metadata, file.path, (operation, weight) => {
    const isMinibatch = operation.kind === "minibatchDiscrimination";
    const layer = isMinibatch ? `${operation.name}_projected` : operation.name;
    const tensor = weights.get(layer)?.[places[operation.kind]?.indexOf(weight) ?? -1];
    return tensor && operation.kind === "layerNorm" ? ofChannels(tensor) : tensor;
  });
  return runRead(read, inputs);
}

/** A layer's scale for every value is ours of each channel, repeated. */
const ofChannels = ({ shape, values }: HostTensor): HostTensor => {
  const channels = shape.at(-1) ?? 1;
  return { shape: [channels], values: values.slice(0, channels) };
};
