/** A comparison as text for people and as the document that `--json` prints. */
import type { Comparison } from "../contract/compare/comparison.ts";
import { meanOver } from "../contract/compare/figures.ts";
import { sameArchitecture, type LayerRow } from "../spec/compare/architecture.ts";
import { layerText, untoldChanges } from "../spec/compare/layer-text.ts";
import { settingText } from "../spec/compare/settings.ts";
import type { ColumnFigures, ComparedColumn } from "./compared-columns.ts";
import { table, type Column } from "./table.ts";

type Cells = readonly (readonly string[])[];

export function comparisonText(
  compared: readonly ComparedColumn[],
  comparison: Comparison,
  figures: readonly ColumnFigures[],
): string {
  const { settings, noise } = comparison;
  const titles = compared.map(({ id }) => id);
  const means = compared.some(({ isGroup }) => isGroup)
    ? "; of groups: mean ± standard deviation over their runs"
    : "";
  const section = (title: string, first: string, rows: Cells, numeric = false): string => {
    const columns: Column[] = [{ title: first }, ...titles.map((id) => ({ title: id, numeric }))];
    return `${title}\n${table(columns, rows)}\n`;
  };
  return [
    section("Runs", "", [
      ["Name", ...compared.map(({ name }) => name)],
      ["Status", ...compared.map(({ status }) => status)],
      ["Data", ...compared.map(({ dataset }) => dataset)],
    ]),
    section(
      `Figures (losses, scores and gradients: means of the last ${meanOver} measured${means})`,
      "",
      figures.map(({ label, texts }) => [label, ...texts]),
      true,
    ),
    settings.length === 0
      ? "All settings are the same.\n\n"
      : section(
          "Settings that differ",
          "SETTING",
          settings.map(({ path, values }) => [path, ...values.map(settingText)]),
        ),
    networkText("generators", comparison.generator, section),
    networkText("discriminators", comparison.discriminator, section),
    `${noise.text}\n`,
  ].join("");
}

function networkText(
  what: string,
  rows: readonly LayerRow[],
  section: (title: string, first: string, rows: Cells) => string,
): string {
  if (sameArchitecture(rows)) return `The ${what} are the same, layer by layer.\n\n`;
  const cells = rows.flatMap((row, place) => [
    [
      `${place + 1}${row.same ? "" : " *"}`,
      ...row.layers.map((layer) => (layer === null ? "–" : layerText(layer))),
    ],
    ...untoldChanges(row).map(({ path, values }) => [`  ${path}`, ...values.map(settingText)]),
  ]);
  return section(`The ${what}, layer by layer (* differs)`, "LAYER", cells);
}

/** Missing settings and figures that are no number are null. */
export function comparisonDocument(
  compared: readonly ComparedColumn[],
  comparison: Comparison,
  figures: readonly ColumnFigures[],
) {
  const network = (rows: readonly LayerRow[]) => ({ same: sameArchitecture(rows), layers: rows });
  return {
    columns: compared.map(({ id, name, isGroup, runs }) => ({
      ...{ id, name, isGroup },
      runs: runs.map(({ detail }) => detail.run.id),
    })),
    runs: compared.flatMap(({ runs }) => runs.map(({ detail }) => detail.run)),
    figures: figures.map(({ label, values, deviations }) => ({ label, values, deviations })),
    settings: comparison.settings.map(({ path, values }) => ({
      path,
      values: values.map((value) => value ?? null),
    })),
    generator: network(comparison.generator),
    discriminator: network(comparison.discriminator),
    noise: comparison.noise,
  };
}
