/** A comparison as text for people and as the document that `--json` prints. */
import type { Comparison } from "../contract/compare/comparison.ts";
import { meanOver, type FigureRow } from "../contract/compare/figures.ts";
import { sameArchitecture, type LayerRow } from "../spec/compare/architecture.ts";
import { layerText, untoldChanges } from "../spec/compare/layer-text.ts";
import { settingText } from "../spec/compare/settings.ts";
import { table, type Column } from "./table.ts";

type Cells = readonly (readonly string[])[];

export function comparisonText(comparison: Comparison, figures: readonly FigureRow[]): string {
  const { runs, settings, noise } = comparison;
  const titles = runs.map(({ detail }) => detail.run.id);
  const section = (title: string, first: string, rows: Cells, numeric = false): string => {
    const columns: Column[] = [{ title: first }, ...titles.map((id) => ({ title: id, numeric }))];
    return `${title}\n${table(columns, rows)}\n`;
  };
  const facts = runs.map(({ detail: { run } }) => [run.name, run.status, run.dataset]);
  return [
    section("Runs", "", [
      ["Name", ...facts.map(([name = ""]) => name)],
      ["Status", ...facts.map(([, status = ""]) => status)],
      ["Data", ...facts.map(([, , dataset = ""]) => dataset)],
    ]),
    section(
      `Figures (losses, scores and gradients: means of the last ${meanOver} measured)`,
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
export function comparisonDocument(comparison: Comparison, figures: readonly FigureRow[]) {
  const network = (rows: readonly LayerRow[]) => ({ same: sameArchitecture(rows), layers: rows });
  return {
    runs: comparison.runs.map(({ detail }) => detail.run),
    figures: figures.map(({ label, values }) => ({ label, values })),
    settings: comparison.settings.map(({ path, values }) => ({
      path,
      values: values.map((value) => value ?? null),
    })),
    generator: network(comparison.generator),
    discriminator: network(comparison.discriminator),
    noise: comparison.noise,
  };
}
