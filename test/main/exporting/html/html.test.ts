import { expect, test } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { createExplorer } from "../../../../main/engine/explore/explorer.ts";
import { sampleVectors } from "../../../../main/engine/explore/truncation.ts";
import { buildGan } from "../../../../main/engine/gan.ts";
import { latentVectors, sheetLabels } from "../../../../main/engine/latent.ts";
import { htmlPage, networkOf, type PageContent } from "../../../../main/exporting/html/html.ts";
import { createNoise } from "../../../../main/exporting/html/noise.ts";
import { exportModel } from "../../../../main/exporting/model.ts";
import {
  dense,
  flatten,
  leakyRelu,
  reshape,
  tanh,
} from "../../../../main/spec/layers/shorthand.ts";
import { newLayers } from "../../../../main/spec/defaults.ts";
import { presets } from "../../../../main/spec/presets.ts";
import { parseSpecification, type Specification } from "../../../../main/spec/specification.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { trainedState } from "../../../support/trained-state.ts";

await loadBackend("auto");

const content: PageContent = {
  title: "A <b>run</b> & more",
  subtitle: "28×28 grey",
  facts: [["Data set", "digits </script><script>alert(1)</script>"]],
  classNames: ["</script><script>alert(2)</script>"],
  directions: [],
  seed: 1,
};

/** Largest difference between the page's images and the engine's. */
async function difference(specification: Specification, half = false): Promise<number> {
  const gan = buildGan(specification);
  const state = trainedState(gan);
  const model = exportModel({ specification, state, player: "generator", useAverage: true });
  const page = htmlPage(model, content, half);
  const count = 3;
  const vectors = latentVectors(specification.latent, count, [1, 2]);
  const labels = sheetLabels(specification, count) ?? null;
  const explorer = createExplorer(gan, state);
  const expected = await explorer.images(vectors, labels);
  explorer.dispose();
  const images = networkOf(page)(vectors, count, labels);
  expect(images.length).toBe(expected.length);
  return images.reduce(
    (most, value, i) => Math.max(most, Math.abs(value - (expected[i] ?? NaN))),
    0,
  );
}

for (const { id, specification } of presets) {
  test(`the page draws the images of ${id}`, async () => {
    expect(await difference(scaledDown(specification))).toBeLessThan(1e-5);
  });
}

test("every kind of layer is computed as the engine does", async () => {
  const valid = { kernel: 3, stride: 2, padding: "valid" } as const;
  const wide = { kernel: 2, stride: 3, padding: "valid" } as const;
  const specification = parseSpecification({
    ...smallSpecification(),
    image: { height: 16, width: 16, channels: 3 },
    conditioning: { classes: 3, discriminator: "oneHot" },
    generatorAverage: { decay: 0.9 },
    generator: {
      layers: [
        ...[dense(24), newLayers.minibatchDiscrimination, newLayers.layerNorm, leakyRelu(0.1)],
        ...[{ ...dense(96), spectralNorm: true }, newLayers.elu, newLayers.dropout],
        ...[reshape(4, 4, 6), newLayers.layerNorm, newLayers.upsample],
        { ...newLayers.conv2d, ...valid, filters: 5 },
        { ...newLayers.conv2dTranspose, ...wide, filters: 4, spectralNorm: true },
        ...[newLayers.relu, newLayers.batchNorm, newLayers.maxPool],
        { ...newLayers.conv2dTranspose, ...valid, filters: 4 },
        { ...newLayers.conv2d, kernel: 5, stride: 1, padding: "same", filters: 6 },
        ...[newLayers.sigmoid, newLayers.averagePool, newLayers.linear, flatten],
        ...[dense(768), tanh, reshape(16, 16, 3)],
      ],
    },
  });
  expect(await difference(specification)).toBeLessThan(1e-5);
});

test("with half precision the page is smaller and its images nearly the same", async () => {
  const [preset] = presets;
  const specification = preset?.specification ?? smallSpecification();
  expect(await difference(scaledDown(specification), true)).toBeLessThan(2e-2);
  const gan = buildGan(smallSpecification());
  const source = { specification: smallSpecification(), state: trainedState(gan) };
  const model = exportModel({ ...source, player: "generator", useAverage: false });
  const sizes = [true, false].map((half) => htmlPage(model, content, half).length);
  expect(sizes[0]).toBeLessThan((sizes[1] ?? 0) - 20_000);
});

test("text of a run stays text, and the page names no other address", () => {
  const gan = buildGan(smallSpecification());
  const source = { specification: smallSpecification(), state: trainedState(gan) };
  const page = htmlPage(
    exportModel({ ...source, player: "generator", useAverage: false }),
    content,
    false,
  );
  expect(page).not.toContain("<b>run");
  expect(page.match(/alert\(/g)).toHaveLength(2);
  expect(page).not.toMatch(/<\/script><script>alert/);
  expect(page).not.toMatch(/\b(?:src|href)\s*=\s*"|https?:|@import|url\(/);
  expect(page).toContain("default-src 'none'");
});

test("a seed gives the noise that the studio draws", () => {
  for (const distribution of ["normal", "uniform"] as const) {
    const noise = createNoise("new samples", distribution === "normal");
    for (const seed of [0, 7, 2_147_483_647]) {
      const expected = sampleVectors({ size: 11, distribution }, 3, seed, null);
      const drawn = noise(seed, 33);
      for (const [i, value] of expected.entries()) expect(drawn[i]).toBeCloseTo(value, 6);
    }
  }
});

test("what is no such page is refused", () => {
  expect(() => networkOf("<html></html>")).toThrow(/no part/);
});
