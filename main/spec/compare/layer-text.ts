/** Layers and their differences in a few words, for tables that stand outside of the page too. */
import { layerNames } from "../layer-names.ts";
import { kindOf, type Layer } from "../layers.ts";
import type { LayerRow } from "./architecture.ts";
import { settingText, type Difference } from "./settings.ts";

/** «Convolution, 64 filters, kernel 4, stride 2, same». */
export function layerText(layer: Layer): string {
  const details = kindOf(layer).describe?.(layer) ?? "";
  return details === "" ? layerNames[layer.kind] : `${layerNames[layer.kind]}, ${details}`;
}

/** The parameters that differ in a row and are not told by its layers' own texts. */
export const untoldChanges = ({ layers, changes }: LayerRow): Difference[] =>
  changes.filter(
    ({ values }) =>
      !layers.every(
        (layer, place) => layer && layerText(layer).includes(settingText(values[place])),
      ),
  );
