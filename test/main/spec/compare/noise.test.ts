import { expect, it } from "vitest";
import { sharedNoise } from "../../../../main/spec/compare/noise.ts";
import { presetOf } from "../../../../main/spec/presets.ts";

const base = presetOf("lsgan-dc").specification;
const latent = { size: 100, distribution: "normal" } as const;
const one = { ...base, seed: 1, latent };

it("is shared where seed, prior and size are the same, whatever else differs", () => {
  const other = { ...presetOf("vanilla-mlp").specification, seed: 1, latent };
  const noise = sharedNoise([one, other]);
  expect(noise.shared).toBe(true);
  expect(noise.text).toMatch(/^Each cell is drawn from the same noise\./);
});

it.each([
  [{ seed: 2 }, "the seeds differ (1, 2)"],
  [{ latent: { size: 100, distribution: "uniform" as const } }, "the priors differ"],
  [{ latent: { size: 64, distribution: "normal" as const } }, "differ (100, 64)"],
])("is not shared with %o, and says why", (changes, reason) => {
  const noise = sharedNoise([one, { ...one, ...changes }]);
  expect(noise.shared).toBe(false);
  expect(noise.text).toContain(reason);
});

it("tells how many cells all grids have", () => {
  const small = { ...one, outputs: { ...one.outputs, fixedSamples: 4 } };
  expect(sharedNoise([one, small])).toMatchObject({ shared: true, cells: 4 });
  expect(sharedNoise([one, small]).text).toContain("first 4 cells");
});

it("says that classes differ where only one run knows them", () => {
  const conditional = { ...one, conditioning: { classes: 10, discriminator: "oneHot" as const } };
  expect(sharedNoise([one, conditional]).text).toContain("class");
});
