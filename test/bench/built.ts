/** What both programs are told of a preset: its specification, and both networks layer by layer. */
import type { Layer } from "../../main/spec/layers.ts";
import type { InferredNetwork } from "../../main/spec/network.ts";
import type { Shape } from "../../main/spec/shape.ts";
import { inferSpecification, type Specification } from "../../main/spec/specification.ts";

interface BuiltNetwork {
  /** Shapes of one example, height × width × channels. */
  layers: { layer: Layer; input: Shape; output: Shape }[];
  /** Number of trained values: PyTorch's network must have as many. */
  parameters: number;
}

export interface Built {
  specification: Specification;
  generator: BuiltNetwork;
  discriminator: BuiltNetwork;
}

const networkOf = ({ layers, parameters }: InferredNetwork): BuiltNetwork => ({
  layers: layers.map(({ layer, input, output }) => ({ layer, input, output })),
  parameters,
});

export function builtOf(specification: Specification): Built {
  const { generator, discriminator } = inferSpecification(specification);
  return {
    specification,
    generator: networkOf(generator),
    discriminator: networkOf(discriminator),
  };
}
