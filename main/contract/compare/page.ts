/**
 * A comparison as one HTML file that shows the same anywhere: no script, no address of anything
 * else, images and curves inside. The page and the command line both write it.
 */
import { sameArchitecture, type LayerRow } from "../../spec/compare/architecture.ts";
import { layerText, untoldChanges } from "../../spec/compare/layer-text.ts";
import { settingText } from "../../spec/compare/settings.ts";
import type { Measure } from "../runs.ts";
import type { ComparedRun, Comparison } from "./comparison.ts";
import { curvesOf } from "./curves.ts";
import { figureRows, meanOver } from "./figures.ts";
import { html, pngAddress, type Markup } from "./markup.ts";
import { pageStyle } from "./page-style.ts";
import { positionText, type Axis } from "./position.ts";
import { gridOf, type Grids } from "./grids.ts";

export interface PageContent {
  comparison: Comparison;
  axis: Axis;
  /** What the table of figures is of. */
  position: number;
  /** Where grids are shown, increasing. */
  positions: readonly number[];
  grids: Grids;
  /** When it was written, as people read it. */
  writtenAt: string;
}

/** The whole file's text. */
export function comparisonPage(content: PageContent): string {
  const { comparison, axis, position, writtenAt } = content;
  const { runs, noise } = comparison;
  const title = `${runs.length.toString()} runs compared`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"
        />
        <title>${title}</title>
        <style>
          ${{ markup: pageStyle }}
        </style>
      </head>
      <body>
        <h1>${title}</h1>
        <p class="quiet">Written by GAN Studio, ${writtenAt}</p>
        <div class="runs">
          ${runs.map(({ detail: { run } }, place) => html`<span><i class="run${place + 1}"></i>${run.name} <span class="quiet">${run.id}, ${run.dataset}, ${run.status}</span></span>`)}
        </div>
        <h2>Figures at ${positionText(axis, position)}</h2>
        <section>
          <p class="quiet">
            Losses, scores and gradients are means of the last ${meanOver} measured. A run that
            ended before shows its last figures.
          </p>
          ${figuresTable(comparison, axis, position)}
        </section>
        <h2>Curves by ${axis === "images" ? "images seen" : axis}</h2>
        <div class="pair">
          ${curvePane(runs, "lossGenerator", "Generator loss", axis)}${curvePane(runs, "lossDiscriminator", "Discriminator loss", axis)}
        </div>
        <h2>Generated images</h2>
        <section>
          <p>${noise.text}</p>
          ${gridTable(content)}
        </section>
        <h2>Settings that differ</h2>
        <section>${settingsTable(comparison)}</section>
        <h2>Generators</h2>
        <section>${layerTable(runs, comparison.generator, "generators")}</section>
        <h2>Discriminators</h2>
        <section>${layerTable(runs, comparison.discriminator, "discriminators")}</section>
      </body>
    </html> `;
  return page.markup;
}

const heads = (runs: readonly ComparedRun[], first: string): Markup =>
  html`<thead>
    <tr>
      <th>${first}</th>
      ${runs.map(({ detail }, place) => html`<th><i class="run${place + 1}"></i>${detail.run.name}</th>`)}
    </tr>
  </thead>`;

const curvePane = (
  runs: readonly ComparedRun[],
  measure: Measure,
  title: string,
  axis: Axis,
): Markup =>
  html`<section>
    <h3>${title}</h3>
    ${curvesOf(runs, measure, axis, 0.8)}
  </section>`;

function figuresTable({ runs }: Comparison, axis: Axis, position: number): Markup {
  const rows = figureRows(runs, axis, position);
  return html`<table class="figures">
    ${heads(runs, "")}
    <tbody>
      ${rows.map(
        ({ label, texts }) =>
          html`<tr>
            <th>${label}</th>
            ${texts.map((text) => html`<td>${text}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function gridTable({ comparison: { runs }, axis, positions, grids }: PageContent): Markup {
  if (positions.length === 0) return html`<p class="quiet">No grid was drawn yet.</p>`;
  return html`<table class="grids">
    ${heads(runs, "")}
    <tbody>
      ${positions.map(
        (position) =>
          html`<tr>
            <th>${positionText(axis, position)}</th>
            ${runs.map((run) => {
              const grid = gridOf(grids, run, axis, position);
              return grid === null
                ? html`<td class="quiet">no grid</td>`
                : html`<td>
                    <img
                      src="${pngAddress(grid)}"
                      alt="Generated images of ${run.detail.run.name}, ${positionText(axis, position)}"
                    />
                  </td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function settingsTable({ runs, settings }: Comparison): Markup {
  if (settings.length === 0) return html`<p>All settings are the same.</p>`;
  return html`<table>
    ${heads(runs, "Setting")}
    <tbody>
      ${settings.map(
        ({ path, values }) =>
          html`<tr>
            <th>${path}</th>
            ${values.map((value) => html`<td>${settingText(value)}</td>`)}
          </tr>`,
      )}
    </tbody>
  </table>`;
}

function layerTable(runs: readonly ComparedRun[], rows: readonly LayerRow[], what: string): Markup {
  if (sameArchitecture(rows)) return html`<p>The ${what} are the same, layer by layer.</p>`;
  return html`<table>
    ${heads(runs, "Layer")}
    <tbody>
      ${rows.map(
        (row, place) =>
          html`<tr>
            <th>${place + 1}</th>
            ${row.layers.map(
              (layer, run) =>
                html`<td class="${row.same ? "quiet" : ""}">
                  ${layer === null ? "–" : layerText(layer)}${untoldChanges(row).map(
                    ({ path, values }) =>
                      html`<div class="quiet">${path}: ${settingText(values[run])}</div>`,
                  )}
                </td>`,
            )}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
