/**
 * One HTML file that generates: the weights, an interpreter of the network's operations, and controls.
 * It loads nothing from anywhere, which its own policy enforces, and works from a disk as from a server.
 */
import type { ExportModel } from "../model.ts";
import { createNetwork, type Network } from "./network.ts";
import { createNoise } from "./noise.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { programOf, type Step } from "./program.ts";

/** What the page tells and offers beside the network itself. */
export interface PageContent {
  title: string;
  /** One line below the title. */
  subtitle: string;
  /** What is known of the model, in the order in which it is shown. */
  facts: readonly (readonly [name: string, value: string])[];
  /** In class order; empty for a generator that knows of none. */
  classNames: readonly string[];
  /** Latent directions of unit length with a slider each. */
  directions: readonly { vector: Float32Array; share: number }[];
  /** Of the first samples. */
  seed: number;
}

/** The file's text. `half`: kernels as float16. */
export function htmlPage(model: ExportModel, content: PageContent, half: boolean): string {
  const { specification, operations, input, output } = model;
  const { steps, bytes } = programOf(model, half);
  const [height, width, channels] = output.shape;
  const data = {
    steps,
    latent: input.shape[0],
    isNormal: specification.latent.distribution === "normal",
    image: { height, width, channels },
    isBatchwise: operations.some(({ kind }) => kind === "minibatchDiscrimination"),
    classNames: content.classNames,
    directions: content.directions.map(({ vector, share }) => ({
      share,
      vector: Array.from(vector, (value) => Number(value.toPrecision(6))),
    })),
    seed: content.seed,
  };
  const facts = content.facts.map(
    ([name, value]) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; base-uri 'none'; form-action 'none'">
<title>${escaped(content.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<header><i></i><div><h1>${escaped(content.title)}</h1><p class="dim">${escaped(content.subtitle)}</p></div>
<button id="theme" type="button">Theme: auto</button></header>
<noscript class="panel">This page computes its images by JavaScript, which is switched off here.</noscript>
<main class="stack">
<div class="columns">
<section class="panel stack" aria-label="Chosen sample">
<canvas id="large" width="${width}" height="${height}" role="img" aria-label="The chosen sample, as the sliders move it"></canvas>
<div class="row"><button id="new" class="primary" type="button">New samples</button><button id="save" type="button">Save PNG</button></div>
<label class="field">Seed<input id="seed" type="number" min="0" max="2147483647" step="1"></label>
<label id="limit-field" class="slider"><span>Truncation</span><input id="limit" type="range" min="0.2" max="3" step="0.1" value="3"><output id="limit-value">none</output></label>
</section>
<section class="panel stack" aria-label="Controls">
<fieldset id="class-field"><legend>Class</legend><div id="classes" class="pills"></div></fieldset>
<div id="direction-field"><h2>Directions of the first layer</h2><div id="directions" class="sliders"></div></div>
<div><div class="row"><h2>Numbers of the latent vector</h2><button id="turn" class="quiet" type="button">Further numbers</button><button id="reset" class="quiet" type="button" title="Back to the sample as it was drawn">Reset</button></div><div id="numbers" class="sliders"></div></div>
</section>
</div>
<section class="panel" aria-label="Samples">
<div class="row"><h2>Samples</h2><button id="others" type="button">Draw others</button><button id="save-sheet" type="button">Save PNG</button></div>
<div id="samples" class="samples"></div>
</section>
<section class="panel"><h2>About this model</h2><dl>${facts.join("")}</dl></section>
<p class="dim small">Made with GAN Studio. The images are computed in this page; nothing is loaded or sent.</p>
</main>
<script type="application/json" id="model">${asData(data)}</script>
<script type="application/octet-stream" id="weights">${Buffer.from(bytes.buffer).toString("base64")}</script>
<script>
"use strict";
${sourceOf(createNetwork)}
${sourceOf(createNoise)}
${pageScript}
</script>
</body>
</html>
`;
}

/** The network inside such a page, to check what was written. Throws an `Error` for other text. */
export function networkOf(page: string): Network {
  const part = (id: string): string => {
    const start = page.indexOf(`id="${id}">`);
    const end = page.indexOf("</script>", start);
    if (start < 0 || end < 0) throw new Error(`the page has no part «${id}»`);
    return page.slice(start + id.length + 6, end);
  };
  const { steps } = JSON.parse(part("model")) as { steps: Step[] };
  return createNetwork(steps, new Uint8Array(Buffer.from(part("weights"), "base64")));
}

const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => signs[sign] ?? "");

/** No text of a run's may end the script that it stands in. */
const asData = (value: unknown): string => JSON.stringify(value).replaceAll("<", "\\u003c");

/** A function as the page gets it: where its types stood are only spaces and empty lines. */
const sourceOf = (written: { toString(): string }): string =>
  written
    .toString()
    .replaceAll(/(?<=\S) {2,}/g, " ")
    .replaceAll(/\n\s*\n/g, "\n");
