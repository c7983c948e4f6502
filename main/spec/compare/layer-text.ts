/** Layers and their differences in a few words, for tables that stand outside of the page too. */
import { kindOf, type Layer } from "../layers.ts";
import type { LayerRow } from "./architecture.ts";
import { settingText, type Difference } from "./settings.ts";

const names: Record<Layer["kind"], string> = {
  dense: "Dense",
  conv2d: "Convolution",
  conv2dTranspose: "Transposed convolution",
  maxPool: "Max pooling",
  averagePool: "Average pooling",
  upsample: "Upsampling",
  batchNorm: "Batch norm",
  layerNorm: "Layer norm",
  minibatchDiscrimination: "Minibatch discrimination",
  dropout: "Dropout",
  flatten: "Flatten",
  reshape: "Reshape",
  relu: "ReLU",
  leakyRelu: "Leaky ReLU",
  elu: "ELU",
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  linear: "Linear",
};

/** «Convolution, 64 filters, kernel 4, stride 2, same». */
export function layerText(layer: Layer): string {
  const details = kindOf(layer).describe?.(layer) ?? "";
  return details === "" ? names[layer.kind] : `${names[layer.kind]}, ${details}`;
}

/** The parameters that differ in a row and are not told by its layers' own texts. */
export const untoldChanges = ({ layers, changes }: LayerRow): Difference[] =>
  changes.filter(
    ({ values }) =>
      !layers.every(
        (layer, place) => layer && layerText(layer).includes(settingText(values[place])),
      ),
  );
