import { describe, expect, it } from "vitest";
import * as tf from "@tensorflow/tfjs-core";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { createExplorer } from "../../../../main/engine/explore/explorer.ts";
import { invert } from "../../../../main/engine/explore/inversion.ts";
import { eagerTrainer } from "../../../../main/engine/eager-trainer.ts";
import { buildGan, initialState } from "../../../../main/engine/gan.ts";
import { latentVectors } from "../../../../main/engine/latent.ts";
import { cdcgan } from "../../../../main/spec/presets/cdcgan.ts";
import { lsganDc } from "../../../../main/spec/presets/lsgan-dc.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { engines } from "../../../support/engines.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { smallSpecification } from "../../../support/small-specification.ts";

const small: Specification = {
  ...smallSpecification(),
  latent: { size: 4, distribution: "normal" },
};

function explorerOf(specification: Specification) {
  const gan = buildGan(specification);
  const state = initialState(gan);
  return { gan, state, explorer: createExplorer(gan, state) };
}

describe.each(engines)("exploring on $title", ({ name, missing }) => {
  it.skipIf(missing)("draws what a trainer draws from the same state", async () => {
    await loadBackend(name);
    for (const preset of [scaledDown(lsganDc.specification), scaledDown(cdcgan.specification)]) {
      const { gan, state, explorer } = explorerOf(preset);
      const vectors = latentVectors(preset.latent, 3, [1, 1]);
      const labels = preset.conditioning ? Uint8Array.of(0, 4, 9) : null;
      const trainer = eagerTrainer(gan, state);
      const images = await explorer.images(vectors, labels);
      expect(images).toEqual(await trainer.generate(vectors, 3, labels ?? undefined));
      const scores = await explorer.scores(images, labels);
      expect(scores).toHaveLength(3);
      expect(new Set(scores).size).toBe(3);
      // Each image is judged by itself.
      const single = images.subarray(0, images.length / 3);
      const [alone] = await explorer.scores(single, labels?.subarray(0, 1) ?? null);
      expect(alone).toBeCloseTo(scores[0]!, 5);
      trainer.dispose();
      explorer.dispose();
    }
  });

  it.skipIf(missing)("finds a vector for an image that the generator can draw", async () => {
    await loadBackend(name);
    const { explorer } = explorerOf(small);
    const hidden = Float32Array.of(1.2, -0.7, 0.3, 0.9);
    const target = await explorer.images(hidden, null);
    const tensors = tf.memory().numTensors;
    const errors: number[] = [];
    const found = await invert(explorer, {
      ...{ target, label: null, seed: 0, steps: 120 },
      goesOn(_done, _total, error) {
        errors.push(error);
        return Promise.resolve(true);
      },
    });
    expect(tf.memory().numTensors).toBe(tensors);
    expect(errors).toHaveLength(120);
    expect(found.error).toBeLessThan(errors[0]! / 20);
    for (const [place, value] of hidden.entries()) {
      expect(found.vector[place]).toBeCloseTo(value, 1);
    }
    explorer.dispose();
  });

  it.skipIf(missing)("ends a search when it is called off, with the best until then", async () => {
    await loadBackend(name);
    const { explorer } = explorerOf({ ...small, latent: { size: 4, distribution: "uniform" } });
    let steps = 0;
    const found = await invert(explorer, {
      ...{ target: new Float32Array(784).fill(3), label: null, seed: 0, steps: 100 },
      goesOn: () => Promise.resolve(++steps < 5),
    });
    expect(steps).toBe(5);
    expect(found.error).toBeGreaterThan(0);
    // The image cannot be reached; the vector stays where the prior draws.
    expect(found.vector.every((value) => Math.abs(value) <= 1)).toBe(true);
    explorer.dispose();
  });
});
