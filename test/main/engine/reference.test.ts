/** The engine's steps against those of another framework, number by number. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan, initialState, type Gan } from "../../../main/engine/gan.ts";
import type { Noise } from "../../../main/engine/networks/noise.ts";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { eagerTrainer } from "../../../main/engine/trainer.ts";
import { presetOf } from "../../../main/spec/presets.ts";
import { engines } from "../../support/engines.ts";
import { hasReference, readReference, type Game, type Reference } from "../../support/reference.ts";
import type { Optimizer } from "../../../main/spec/optimizers.ts";

const systems = [
  "vanilla-mlp",
  "mlp-batchnorm",
  "basic-mlp",
  "minimax-momentum",
  "dcgan-bce",
  "wgan-clip",
  "wgan-gp",
  "cdcgan",
  "conv16",
  "lsgan-dc",
];

/** The preset's game on the file's networks; what the files differ in is stated. */
function gameOf(system: string): Game {
  const { loss, regularizers, conditioning, optimizers, loop } = presetOf(system).specification;
  const { generatorNoise } = loop;
  const game = { loss, regularizers, conditioning, generatorNoise, ...optimizers };
  if (system === "cdcgan")
    return { ...game, conditioning: { classes: 3, discriminator: "channels" } };
  if (system !== "minimax-momentum") return game;
  const step = <O extends Optimizer>(optimizer: O): O => ({ ...optimizer, learningRate: 0.05 });
  return { ...game, generator: step(game.generator), discriminator: step(game.discriminator) };
}

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
  const uniform = (purpose: string, shape: number[]) => {
    const critic = /^critic(\d+)\/interpolation$/.exec(purpose)?.[1];
    if (critic === undefined) return latent(purpose, shape);
    return tf.tensor(
      reference.values(`step${step.toString()}.critic${critic}.epsilon`),
      shape,
      "float32",
    );
  };
  return { normal: latent, uniform };
}

function labelsOf(reference: Reference, step: string, count: number) {
  if (!reference.specification.conditioning) return {};
  const labels = reference.values(`${step}.labels`);
  return { labels: Array.from({ length: count }, () => labels) };
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

        it.each(systems)("%s ends in the reference's numbers", async (system) => {
          const game = gameOf(system);
          const reference = readReference(system, game);
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
              ...labelsOf(reference, name, critics.length),
              batches: critics.map((j) => reference.values(`${name}.critic${j}.real`)),
              learningRates: {
                generator: game.generator.learningRate,
                discriminator: game.discriminator.learningRate,
              },
            });
            const lossD =
              reference.values(`${name}.critic${critics.at(-1) ?? "0"}.lossD`)[0] ?? NaN;
            const penalty = `${name}.critic${critics.at(-1) ?? "0"}.gradientPenalty`;
            // The file's loss includes λ times the penalty; ours is told without it.
            const held = reference.names.includes(penalty)
              ? 10 * (reference.values(penalty)[0] ?? NaN)
              : 0;
            const lossG = reference.values(`${name}.lossG`)[0] ?? NaN;
            expect(relative(measured.lossDiscriminator + held, lossD)).toBeLessThan(1e-4);
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
          const images = await trainer.generate(
            reference.values("eval.z"),
            reference.batch,
            reference.specification.conditioning ? reference.values("eval.labels") : undefined,
          );
          expect(largestDifference(images, reference.values("eval.images"))).toBeLessThan(1e-4);
          trainer.dispose();
          expect(tf.memory().numTensors).toBe(before);
        });
      });
    }
  },
);
