/** The engine's steps against those of another framework, number by number. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan, initialState, type Gan } from "../../../main/engine/gan.ts";
import type { Noise } from "../../../main/engine/networks/noise.ts";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { eagerTrainer } from "../../../main/engine/trainer.ts";
import { lsganDc } from "../../../main/spec/presets/lsgan-dc.ts";
import { vanillaMlp } from "../../../main/spec/presets/vanilla-mlp.ts";
import { engines } from "../../support/engines.ts";
import { hasReference, readReference, type Reference } from "../../support/reference.ts";

const systems = [
  { system: "vanilla-mlp", preset: vanillaMlp },
  { system: "lsgan-dc", preset: lsganDc },
];

/** Our names of the file's variables: it counts only layers that own some, we count all. */
function variablesOf(gan: Gan): { ours: string; theirs: string }[] {
  return [gan.generator, gan.discriminator].flatMap(({ name, network }) =>
    network.layers
      .map((layer, index) => ({ ...layer, index }))
      .filter(({ variables }) => variables.length > 0)
      .flatMap(({ layer, variables, index }, place) =>
        variables.map((variable) => ({
          ours: `${name}.${index.toString()}.${variable.name}`,
          theirs: `${name}.${place.toString()}.${layer.kind}.${variable.name}`,
        })),
      ),
  );
}

function startOf(gan: Gan, reference: Reference): HostTensors {
  const given = variablesOf(gan).map(({ ours, theirs }) => {
    const values = reference.values(`init.${theirs}`);
    return [ours, { shape: reference.shapeOf(`init.${theirs}`), values }] as const;
  });
  return { ...initialState(gan), ...Object.fromEntries(given) };
}

/** Hands out the file's noise in place of seeded noise. */
function givenNoise(reference: Reference, step: number): Noise {
  const latent = (purpose: string, shape: number[]) => {
    const critic = /^critic(\d+)\/latent$/.exec(purpose)?.[1];
    const name = critic === undefined ? "zG" : `critic${critic}.z`;
    return tf.tensor(reference.values(`step${step.toString()}.${name}`), shape);
  };
  return { normal: latent, uniform: latent };
}

const relative = (value: number, expected: number) =>
  Math.abs(value - expected) / Math.max(1e-12, Math.abs(expected));

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? NaN))), 0);

describe.skipIf(!hasReference)(
  `reference steps${hasReference ? "" : " (not run: the reference files are not on this machine)"}`,
  () => {
    for (const engine of engines) {
      describe.skipIf(engine.missing)(engine.title, () => {
        beforeAll(async () => {
          await loadBackend(engine.name);
        });

        it.each(systems)("$system ends in the reference's numbers", async ({ system, preset }) => {
          const { loss, optimizers } = preset.specification;
          const reference = readReference(system, { loss, ...optimizers });
          const gan = buildGan(reference.specification);
          let step = 0;
          const before = tf.memory().numTensors;
          const trainer = eagerTrainer(gan, startOf(gan, reference), {
            noise: () => givenNoise(reference, step),
          });
          for (step = 0; step < reference.steps; step++) {
            const name = `step${step.toString()}`;
            const critics = Array.from({ length: reference.criticSteps }, (_, j) => j.toString());
            const measured = await trainer.step({
              step: step + 1,
              batches: critics.map((j) => reference.values(`${name}.critic${j}.real`)),
              learningRates: {
                generator: optimizers.generator.learningRate,
                discriminator: optimizers.discriminator.learningRate,
              },
            });
            const lossD =
              reference.values(`${name}.critic${critics.at(-1) ?? "0"}.lossD`)[0] ?? NaN;
            const lossG = reference.values(`${name}.lossG`)[0] ?? NaN;
            expect(relative(measured.lossDiscriminator, lossD)).toBeLessThan(1e-4);
            expect(relative(measured.lossGenerator, lossG)).toBeLessThan(1e-4);
          }
          const final = await trainer.read();
          for (const { ours, theirs } of variablesOf(gan)) {
            const difference = largestDifference(
              final[ours]?.values ?? [NaN],
              reference.values(`final.${theirs}`),
            );
            expect(difference, ours).toBeLessThan(1e-4);
          }
          const images = await trainer.generate(reference.values("eval.z"), reference.batch);
          expect(largestDifference(images, reference.values("eval.images"))).toBeLessThan(1e-4);
          trainer.dispose();
          expect(tf.memory().numTensors).toBe(before);
        });
      });
    }
  },
);
