/** Aligned layers as rows of a table: a row a place, below it the parameters that differ there. */
import type { LayerRow } from "../../main/spec/compare/architecture.ts";
import { layerText, untoldChanges } from "../../main/spec/compare/layer-text.ts";
import { settingText } from "../../main/spec/compare/settings.ts";

export const layerRows = (rows: readonly LayerRow[]) =>
  rows.flatMap((row, place) => {
    const { layers, same } = row;
    const number = (place + 1).toString();
    return [
      {
        key: number,
        label: number,
        cells: layers.map((layer) => (layer === null ? "–" : layerText(layer))),
        quiet: same,
        detail: false,
      },
      ...untoldChanges(row).map(({ path, values }) => ({
        key: `${number} ${path}`,
        label: path,
        cells: values.map(settingText),
        quiet: true,
        detail: true,
      })),
    ];
  });
