/** All kinds of layers: one schema over them, one record of their shape arithmetic. */
import * as v from "valibot";
import { batchNorm, batchNormSchema } from "./layers/batch-norm.ts";
import {
  conv2d,
  conv2dSchema,
  conv2dTranspose,
  conv2dTransposeSchema,
} from "./layers/convolution.ts";
import { dense, denseSchema } from "./layers/dense.ts";
import { flatten, flattenSchema, reshape, reshapeSchema } from "./layers/form.ts";
import type { LayerKind } from "./layers/kind.ts";
import { layerNorm, layerNormSchema } from "./layers/layer-norm.ts";
import {
  minibatchDiscrimination,
  minibatchDiscriminationSchema,
} from "./layers/minibatch-discrimination.ts";
import {
  dropout,
  dropoutSchema,
  eluSchema,
  leakyRelu,
  leakyReluSchema,
  linearSchema,
  pointwise,
  reluSchema,
  sigmoidSchema,
  tanhSchema,
} from "./layers/pointwise.ts";
import {
  averagePool,
  averagePoolSchema,
  maxPool,
  maxPoolSchema,
  upsample,
  upsampleSchema,
} from "./layers/pooling.ts";

export const layerSchema = v.variant("kind", [
  denseSchema,
  conv2dSchema,
  conv2dTransposeSchema,
  maxPoolSchema,
  averagePoolSchema,
  upsampleSchema,
  batchNormSchema,
  layerNormSchema,
  minibatchDiscriminationSchema,
  dropoutSchema,
  flattenSchema,
  reshapeSchema,
  reluSchema,
  leakyReluSchema,
  eluSchema,
  tanhSchema,
  sigmoidSchema,
  linearSchema,
]);

export type Layer = v.InferOutput<typeof layerSchema>;
export type LayerOf<Kind extends Layer["kind"]> = Extract<Layer, { kind: Kind }>;

type LayerKinds = { [Kind in Layer["kind"]]: LayerKind<LayerOf<Kind>> };

const layerKinds: LayerKinds = {
  dense,
  conv2d,
  conv2dTranspose,
  maxPool,
  averagePool,
  upsample,
  batchNorm,
  layerNorm,
  minibatchDiscrimination,
  dropout,
  flatten,
  reshape,
  relu: pointwise,
  leakyRelu,
  elu: leakyRelu,
  tanh: pointwise,
  sigmoid: pointwise,
  linear: pointwise,
};

/** The entry of `layerKinds` for a layer whose kind is not known when compiling. */
export const kindOf = (layer: Layer): LayerKind<Layer> => layerKinds[layer.kind];
