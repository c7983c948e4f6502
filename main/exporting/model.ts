/**
 * The network that an export is of: its inputs and output, what they mean, and its operations with
 * their weights, from a specification and a checkpoint's tensors. All formats are written from this
 * one description, so that they cannot disagree.
 */
import { averageName } from "../engine/gan.ts";
import { variableName, type NetworkName } from "../engine/networks/network.ts";
import type { HostTensor, HostTensors } from "../engine/tensors.ts";
import { shapeOfImage, sizeOf, type Shape } from "../spec/shape.ts";
import { inferSpecification, type Specification } from "../spec/specification.ts";
import { outputOf, inputOf, labelsMeaning, type Port } from "./meaning.ts";
import type { Operation } from "./operation.ts";
import { operationOf, type NamedOperation } from "./operations.ts";

export type { NetworkName } from "../engine/networks/network.ts";
export type { Port } from "./meaning.ts";

export interface ExportModel {
  player: NetworkName;
  /** As the run was started; the operations below are what counts for inference. */
  specification: Specification;
  /** True where the weights are the generator's moving average. */
  average: boolean;
  /** «z» [latent] of a generator; «image» [height, width, channels] in −1…1 of a discriminator. */
  input: Port;
  /** A class's number for each example, [n]; null for networks that know of none. */
  labels: { name: "label"; classes: number; meaning: string } | null;
  /** In computing order. The first takes `input`. */
  operations: readonly Operation[];
  /** «image» [height, width, channels] of a generator; «score» [1] of a discriminator. */
  output: Port;
  /** Further facts that go into each file's metadata as they are: the run, its step. */
  facts: Readonly<Record<string, string>>;
}

export interface ExportSource {
  specification: Specification;
  /** A checkpoint's tensors by full name. */
  state: HostTensors;
  player: NetworkName;
  /** Takes the generator's moving average where the run keeps one; a discriminator has none. */
  useAverage: boolean;
  facts?: Readonly<Record<string, string>>;
}

/** Throws an `Error` where `state` lacks a tensor of the specification's networks. */
export function exportModel(source: ExportSource): ExportModel {
  const { specification, state, player } = source;
  const average =
    source.useAverage && player === "generator" && specification.generatorAverage !== null;
  const tensorAt = (layer: number, variable: string): HostTensor => {
    const plain = variableName(player, layer, variable);
    const name = average ? averageName(plain) : plain;
    const tensor = state[name];
    if (!tensor) throw new Error(`the checkpoint has no tensor «${name}»`);
    return tensor;
  };
  const { layers } = inferSpecification(specification)[player];
  const operations = layers.flatMap((inferred, layer) =>
    operationOf(inferred, layer, (variable) => tensorAt(layer, variable)),
  );
  const { conditioning } = specification;
  return {
    player,
    specification,
    average,
    input: inputOf(specification, player),
    labels: conditioning && {
      name: "label",
      classes: conditioning.classes,
      meaning: labelsMeaning(player, conditioning.classes),
    },
    operations: named([...conditioned(specification, player), ...operations]),
    output: outputOf(specification, player, operations.at(-1)),
    facts: source.facts ?? {},
  };
}

/** What a conditional network does with its labels before its first layer. */
function conditioned(specification: Specification, player: NetworkName): NamedOperation[] {
  const { conditioning, latent, image } = specification;
  if (!conditioning) return [];
  const { classes } = conditioning;
  const join = (input: Shape): NamedOperation => {
    const output = [...input.slice(0, -1), (input.at(-1) ?? 0) + classes];
    return { kind: "joinLabels", classes, layer: null, input, output };
  };
  if (player === "generator") return [join([latent.size])];
  const shape = shapeOfImage(image);
  if (conditioning.discriminator === "channels") return [join(shape)];
  const flat = [sizeOf(shape)];
  return [{ kind: "reshape", layer: null, input: shape, output: flat }, join(flat)];
}

const words: Record<Operation["kind"], string> = {
  dense: "dense",
  convolution: "conv",
  transposedConvolution: "conv_transpose",
  batchNorm: "batch_norm",
  layerNorm: "layer_norm",
  minibatchDiscrimination: "minibatch",
  relu: "relu",
  leakyRelu: "leaky_relu",
  elu: "elu",
  tanh: "tanh",
  sigmoid: "sigmoid",
  reshape: "reshape",
  maxPool: "max_pool",
  averagePool: "average_pool",
  upsample: "upsample",
  joinLabels: "join_labels",
};

/** Each kind is counted on its own, from 1. */
function named(operations: readonly NamedOperation[]): Operation[] {
  const counts = new Map<string, number>();
  return operations.map((operation) => {
    const count = (counts.get(operation.kind) ?? 0) + 1;
    counts.set(operation.kind, count);
    return { ...operation, name: `${words[operation.kind]}${count.toString()}` };
  });
}
