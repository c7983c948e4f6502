/**
 * Evaluates presets after a short training on a data set, through the real product, and prints what was
 * measured and how long it took. See docs/evaluation.md.
 *
 *   node test/bench/evaluate.ts --data FOLDER [--presets a,b] [--steps 400] [--count 10000] [--home DIR]
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openApi } from "../../main/api/open.ts";
import { table } from "../../main/cli/table.ts";
import { createClient } from "../../main/contract/client.ts";
import type { Metric } from "../../main/spec/evaluation.ts";
import { presets } from "../../main/spec/presets.ts";
import { sameShape, shapeOfImage } from "../../main/spec/shape.ts";

const { values: given } = parseArgs({
  options: {
    data: { type: "string" },
    presets: { type: "string" },
    steps: { type: "string", default: "400" },
    count: { type: "string", default: "10000" },
    home: { type: "string" },
  },
});
if (given.data === undefined) throw new Error("Name a data set with --data.");

const shown: Metric[] = ["frechetDistance", "kernelDistance", "density", "coverage", "confidence"];
const home = given.home ?? mkdtempSync(join(tmpdir(), "gan-studio-evaluate-"));
const api = await openApi({ home });
const client = createClient(api);
const rows: string[][] = [];
try {
  const chosen = given.presets?.split(",");
  for (const { id: preset, specification } of presets) {
    if (chosen && !chosen.includes(preset)) continue;
    // Pictures are brought to the preset's size; images of a fixed size stay as they are.
    const { image } = specification;
    const data = await client.datasets.add({ source: given.data, image });
    if (!sameShape(shapeOfImage(image), shapeOfImage(data.image))) {
      console.warn(`${preset}: its images have another size`);
      continue;
    }
    const { id } = await client.runs.start({
      specification: {
        ...specification,
        data: { ...specification.data, source: data.source },
        loop: { ...specification.loop, steps: Number(given.steps) },
      },
      engine: "auto",
    });
    await new Promise<void>((resolve) => {
      const stop = api.subscribe("run.changed", (run) => {
        if (run.id !== id || ["starting", "running", "paused"].includes(run.status)) return;
        stop();
        resolve();
      });
    });
    const begun = performance.now();
    const { evaluations } = await client.runs.evaluate({ id, count: Number(given.count) });
    const [evaluation] = evaluations;
    const row = [
      preset,
      ...shown.map((metric) => evaluation?.values[metric]?.value.toFixed(3) ?? ""),
      ((performance.now() - begun) / 1000).toFixed(1),
    ];
    rows.push(row);
    console.warn(row.join("  "));
  }
} finally {
  await api.close();
  if (given.home === undefined) rmSync(home, { recursive: true, force: true });
}
const titles = ["PRESET", "FRÉCHET", "KERNEL", "DENSITY", "COVERAGE", "CONFIDENCE", "SECONDS"];
process.stdout.write(
  table(
    titles.map((title) => ({ title, numeric: title !== "PRESET" })),
    rows,
  ),
);
