/** The metrics against an independent implementation in Python, where there is one with numpy. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { meanEstimate } from "../../../main/metrics/bootstrap.ts";
import { classifierScore } from "../../../main/metrics/classifier-score.ts";
import { frechetDistance } from "../../../main/metrics/frechet-distance.ts";
import { kernelDistance } from "../../../main/metrics/kernel-distance.ts";
import { manifoldMetrics } from "../../../main/metrics/manifolds.ts";
import { memorisation } from "../../../main/metrics/memorisation.ts";
import { bestOf } from "../../../main/metrics/predictions.ts";
import { uniform } from "../../../main/random/philox.ts";
import { engines } from "../../support/engines.ts";
import { missingModules } from "../../support/python.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { gaussian } from "./rows.ts";

const python = process.env.GAN_STUDIO_PYTHON ?? "python3";
const missing = missingModules(["numpy"], python).length > 0;
const program = fileURLToPath(new URL("../../fixtures/python/metrics.py", import.meta.url));

const size = 24;
const classes = 7;

/** Features as a rectifier gives them: with many zeros, and correlated. */
function features(count: number, seed: number, shift: number) {
  const { values } = gaussian(count, size, { seed });
  const mixed = values.map((value, i) =>
    Math.max(0, value + 0.6 * (values[i - (i % size)] as number) + shift * ((i % size) / size)),
  );
  return { values: mixed, size };
}

const real = features(700, 1, 0);
const generated = features(600, 2, 0.4);
const heldOut = features(300, 3, 0);
const probabilities = uniform([4, 5], 500 * classes).map((x) => x ** 4 + 1e-3);
for (let at = 0; at < probabilities.length; at += classes) {
  const row = probabilities.subarray(at, at + classes);
  const sum = row.reduce((total, x) => total + x, 0);
  row.set(row.map((x) => x / sum));
}

function ofPython(): { library: string; values: Record<string, number> } {
  const folder = temporaryFolder();
  const sets = {
    ...{ real: real.values, generated: generated.values, heldout: heldOut.values },
    predictions: probabilities,
  };
  for (const [name, values] of Object.entries(sets)) {
    writeFileSync(join(folder, `${name}.f32`), new Uint8Array(values.buffer));
  }
  const sizes = { real: size, generated: size, heldout: size, predictions: classes };
  writeFileSync(join(folder, "sizes.json"), JSON.stringify(sizes));
  const { stdout, stderr, status } = spawnSync(python, [program, folder], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as ReturnType<typeof ofPython>;
}

const title = missing
  ? `metrics against Python (not run: ${python} with numpy is not there; name one in GAN_STUDIO_PYTHON)`
  : "metrics against Python";

describe.skipIf(missing).each(engines)(`${title}, on $title`, ({ name, missing: noEngine }) => {
  it.skipIf(noEngine)("agree to a ten thousandth", async () => {
    await loadBackend(name);
    const manifolds = await manifoldMetrics(real, generated, 1);
    const predictions = { probabilities, classes };
    const found: Record<string, number> = {
      frechetDistance: frechetDistance(real, generated, 1).value,
      kernelDistance: (await kernelDistance(real, generated, 1)).value,
      precision: manifolds.precision.value,
      recall: manifolds.recall.value,
      density: manifolds.density.value,
      coverage: manifolds.coverage.value,
      memorisation: (await memorisation(real, heldOut, generated, 1)).value,
      classifierScore: classifierScore(predictions, 1).value,
      confidence: meanEstimate(bestOf(predictions).confidence, 1).value,
    };
    const { library, values } = ofPython();
    const differences = Object.entries(values).map(([metric, expected]) => ({
      metric,
      relative: Math.abs((found[metric] ?? NaN) - expected) / Math.abs(expected),
    }));
    const largest = differences.reduce((a, b) => (b.relative > a.relative ? b : a));
    console.warn(
      `${name} against ${library}: largest relative difference ${largest.relative.toExponential(1)} (${largest.metric})`,
    );
    expect(differences.filter(({ relative }) => !(relative < 1e-4))).toEqual([]);
  });
});
