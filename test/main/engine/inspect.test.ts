/** An inspection's numbers against the same numbers computed another way. */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { eagerTrainer } from "../../../main/engine/eager-trainer.ts";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import { inspect, inspectedVariables } from "../../../main/engine/inspect.ts";
import { latentVectors } from "../../../main/engine/latent.ts";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { uniform } from "../../../main/random/philox.ts";
import { dense, flatten, relu, reshape, tanh } from "../../../main/spec/layers/shorthand.ts";
import { presets } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { engines } from "../../support/engines.ts";
import { scaledDown } from "../../support/scaled-down.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const count = 8;
const imagesFor = ({ image: { height, width, channels } }: Specification, seed: number) =>
  uniform([seed, 1], count * height * width * channels).map((value) => 2 * value - 1);

async function inspected(
  specification: Specification,
  change: (state: HostTensors) => void = () => undefined,
) {
  const gan = buildGan(specification);
  const state = initialState(gan);
  change(state);
  const classes = specification.conditioning?.classes ?? 0;
  const labels = classes === 0 ? null : Array.from({ length: count }, (_, i) => i % classes);
  const latent = latentVectors(specification.latent, count, [3, 0]);
  const seen = await inspect(gan, state, {
    ...{ latent, labels, count, heldOut: null },
    trained: { pixels: imagesFor(specification, 1), labels },
  });
  return { gan, state, latent, labels, seen };
}

describe.each(engines)("on $title", ({ name, missing }) => {
  const some = presets.filter(({ id }) => ["cdcgan", "wgan-gp", "lsgan-dc"].includes(id));
  test.skipIf(missing).each(some.map(({ id, specification }) => ({ id, specification })))(
    "$id's images are those of its sheet, and nothing is left behind",
    async ({ specification }) => {
      await loadBackend(name);
      const small = scaledDown(specification);
      const before = tf.memory().numTensors;
      const { gan, state, latent, labels, seen } = await inspected(small);
      expect(tf.memory().numTensors).toBe(before);
      const trainer = eagerTrainer(gan, state);
      const images = await trainer.generate(latent, count, labels ?? undefined);
      trainer.dispose();
      expect(seen.images).toEqual(images);
      expect(Number.isFinite(seen.scoreTrained) && Number.isFinite(seen.scoreSampled)).toBe(true);
      expect(seen.scoreHeldOut).toBeNaN();
      expect(Number.isFinite(seen.slope)).toBe(gan.specification.loss.kind === "wasserstein");
    },
    30_000,
  );
});

const linearCritic = (): Specification => ({
  ...smallSpecification(),
  discriminator: { layers: [flatten, dense(1)] },
  loss: { kind: "wasserstein", terms: "sum", flipRate: 0 },
});

test("the slope of a linear critic is the length of its weights", async () => {
  await loadBackend("wasm");
  const { state, seen } = await inspected(linearCritic());
  const kernel = state["discriminator.1.kernel"]?.values ?? new Float32Array();
  const length = Math.hypot(...kernel);
  expect(seen.slope).toBeCloseTo(length, 4);
});

test("units are dead that answer to nothing, and counted in the layer with most of them", async () => {
  await loadBackend("wasm");
  const specification: Specification = {
    ...smallSpecification(),
    generator: { layers: [dense(4), relu, dense(8), relu, dense(784), tanh, reshape(28, 28, 1)] },
  };
  const { seen } = await inspected(specification, (state) => {
    // Two of the eight units of the second layer are pushed far below 0.
    state["generator.2.bias"]?.values.set([-1e3, -1e3]);
    state["generator.0.bias"]?.values.fill(10);
    state["generator.2.kernel"]?.values.fill(0.1);
  });
  expect(seen.deadGenerator).toBeCloseTo(0.25, 6);
  expect(seen.deadDiscriminator).toBeNaN();
});

test("it asks for the variables of both networks and of no optimizer", () => {
  const names = inspectedVariables(buildGan(smallSpecification()));
  expect(names).toContain("generator.0.kernel");
  expect(names).toContain("discriminator.1.kernel");
  expect(names.every((name) => !name.includes("/"))).toBe(true);
  const averaged = { ...smallSpecification(), generatorAverage: { decay: 0.9 } };
  expect(inspectedVariables(buildGan(averaged))).toContain("generator.0.kernel/average");
});
