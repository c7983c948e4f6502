/**
 * The compiled step against the eager one, from the same seed and the same batches. Some systems are
 * chaotic: a difference in the last digit grows past any bound in a hundred steps, compiled or not.
 * So step 100 starts both from one state; that it is right includes the ninety-nine before.
 */
import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { compiledTrainer } from "../../../../main/engine/compile/compiled-trainer.ts";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { eagerTrainer, type TrainerOptions } from "../../../../main/engine/eager-trainer.ts";
import { buildGan, initialState, type Gan } from "../../../../main/engine/gan.ts";
import { randomNormal, randomUniform } from "../../../../main/engine/ops/random.ts";
import type { StepScalar } from "../../../../main/engine/step.ts";
import type { HostTensors } from "../../../../main/engine/tensors.ts";
import type { Trainer } from "../../../../main/engine/trainer.ts";
import { presets } from "../../../../main/spec/presets.ts";
import type { Optimizer } from "../../../../main/spec/optimizers.ts";
import { parseSpecification, type Specification } from "../../../../main/spec/specification.ts";
import { randomFeed } from "../../../support/random-feed.ts";
import { scaledDown } from "../../../support/scaled-down.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";

type Measured = Record<StepScalar, number>;

/** The largest difference of the two losses, relative to their size; losses near 0 count as 0.01. */
const difference = (a: Measured, b: Measured): number =>
  Math.max(
    ...(["lossGenerator", "lossDiscriminator"] as const).map(
      (name) => Math.abs(a[name] - b[name]) / Math.max(0.01, Math.abs(b[name])),
    ),
  );

/** Of every number of the state, each relative to the largest of its tensor. */
function stateDifference(a: HostTensors, b: HostTensors): number {
  expect(Object.keys(a).toSorted()).toEqual(Object.keys(b).toSorted());
  return Math.max(
    ...Object.entries(a).map(([name, { values }]) => {
      const other = b[name]?.values ?? new Float32Array();
      const size = other.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-3);
      return values.reduce(
        (most, value, place) => Math.max(most, Math.abs(value - (other[place] ?? NaN)) / size),
        0,
      );
    }),
  );
}

const whole = ({ loop }: Specification): number[] =>
  Array.from({ length: loop.discriminatorSteps }, () => loop.batchSize);

const compiled = (gan: Gan, state?: HostTensors, options: TrainerOptions = {}) =>
  compiledTrainer(gan, state, { ...options, batchSizes: [whole(gan.specification)] });

/** Steps `from` to `to` of a trainer; returns what the last measured. */
async function train(
  trainer: Trainer,
  specification: Specification,
  from: number,
  to: number,
  rateFactor = 1,
): Promise<Measured> {
  let measured: Measured | null = null;
  for (let step = from; step <= to; step++) {
    measured = await trainer.step(randomFeed(specification, step, { rateFactor }));
  }
  return measured as Measured;
}

describe.skipIf(tensorflowMissing)(`the compiled step on ${tensorflowTitle}`, () => {
  it.each(presets.map(({ id, specification }) => [id, specification] as const))(
    "agrees with the eager one: %s",
    { timeout: 120_000 },
    async (_, preset) => {
      await loadBackend("tensorflow");
      const specification = scaledDown(preset);
      const gan = buildGan(specification);
      const graph = compiled(gan);
      const eager = eagerTrainer(gan);
      for (const step of [1, 2]) {
        const feed = randomFeed(specification, step);
        expect(difference(await graph.step(feed), await eager.step(feed))).toBeLessThan(1e-4);
      }
      eager.dispose();
      await train(graph, specification, 3, 99);
      const continued = eagerTrainer(gan, await graph.read());
      const feed = randomFeed(specification, 100);
      expect(difference(await graph.step(feed), await continued.step(feed))).toBeLessThan(1e-4);
      expect(stateDifference(await graph.read(), await continued.read())).toBeLessThan(2e-3);
      continued.dispose();
      graph.dispose();
    },
  );

  const optimizers: [string, Optimizer][] = [
    ["Adam with a large epsilon", adam({ epsilon: 0.01 })],
    ["Adam without momentum", adam({ beta1: 0 })],
    ["gradient descent", descent({ momentum: 0 })],
    ["gradient descent with momentum", descent({ momentum: 0.9 })],
    ["gradient descent with Nesterov's momentum", descent({ momentum: 0.9, nesterov: true })],
    [
      "RMSprop with a large epsilon",
      {
        ...{ kind: "rmsprop", learningRate: 1e-3, decay: 0.9, epsilon: 0.01 },
        schedule: { kind: "constant" },
      },
    ],
  ];

  it.each(optimizers)("computes %s as eagerly, also clipped after each update", async (_, one) => {
    await loadBackend("tensorflow");
    const specification = parseSpecification({
      ...smallSpecification({ discriminatorSteps: 2 }),
      optimizers: { generator: one, discriminator: one },
      regularizers: [{ kind: "weightClip", limit: 0.05 }],
      generatorAverage: { decay: 0.9 },
    });
    const gan = buildGan(specification);
    const graph = compiled(gan);
    const eager = eagerTrainer(gan);
    await train(graph, specification, 1, 5);
    await train(eager, specification, 1, 5);
    expect(stateDifference(await graph.read(), await eager.read())).toBeLessThan(1e-5);
    graph.dispose();
    eager.dispose();
  });

  it("follows a learning rate that changes between steps", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    const results = [compiled(gan), eagerTrainer(gan)].map(async (trainer) => {
      await train(trainer, specification, 1, 3);
      await train(trainer, specification, 4, 6, 10);
      return trainer.read();
    });
    const [a, b] = await Promise.all(results);
    expect(stateDifference(a as HostTensors, b as HostTensors)).toBeLessThan(1e-5);
    const steady = compiled(gan);
    await train(steady, specification, 1, 6);
    expect(stateDifference(a as HostTensors, await steady.read())).toBeGreaterThan(1e-3);
  });

  it("leaves the numbers that it was given alone", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    const given = initialState(gan);
    const before = structuredClone(given);
    const graph = compiled(gan, given);
    await train(graph, specification, 1, 3);
    expect(given).toEqual(before);
    graph.dispose();
  });

  it("does the same step when its losses are enough", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    const [full, quick] = [compiled(gan), compiled(gan)];
    for (const step of [1, 2, 3]) {
      const feed = randomFeed(specification, step);
      expect(await full.step(feed)).toMatchObject(await quick.quickStep(feed));
    }
    expect(await quick.read()).toEqual(await full.read());
  });

  it("goes on from a stored state with the very same bits", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    const through = compiled(gan);
    await train(through, specification, 1, 6);
    const first = compiled(gan);
    await train(first, specification, 1, 3);
    const second = compiled(gan, await first.read());
    await train(second, specification, 4, 6);
    expect(await second.read()).toEqual(await through.read());
  });

  it("takes the smaller last batch of an epoch", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification({ discriminatorSteps: 2 });
    const gan = buildGan(specification);
    const batchSizes = [
      [16, 16],
      [16, 5],
    ];
    const graph = compiledTrainer(gan, undefined, { batchSizes });
    const eager = eagerTrainer(gan);
    for (const [index, sizes] of [...batchSizes, [16, 16]].entries()) {
      const feed = randomFeed(specification, index + 1, { sizes });
      expect(difference(await graph.step(feed), await eager.step(feed))).toBeLessThan(1e-5);
    }
    await expect(
      (async () => graph.step(randomFeed(specification, 4, { sizes: [16, 7] })))(),
    ).rejects.toThrow("no step was compiled for batches of 16, 7");
  });

  it("draws the same images, for sheets that were compiled and for others", async () => {
    await loadBackend("tensorflow");
    const preset = presets.find(({ id }) => id === "cdcgan")?.specification as Specification;
    const specification = parseSpecification({
      ...scaledDown(preset),
      generatorAverage: { decay: 0.9 },
    });
    const gan = buildGan(specification);
    const graph = compiledTrainer(gan, undefined, {
      batchSizes: [whole(specification)],
      sheet: 20,
    });
    const eager = eagerTrainer(gan);
    await train(graph, specification, 1, 2);
    await train(eager, specification, 1, 2);
    for (const count of [20, 7]) {
      const latent = Float32Array.from({ length: count * 100 }, (_, i) => Math.sin(i));
      const labels = Array.from({ length: count }, (_, i) => i % 10);
      const ours = await graph.generate(latent, count, labels);
      const theirs = await eager.generate(latent, count, labels);
      const worst = ours.reduce(
        (most, x, i) => Math.max(most, Math.abs(x - (theirs[i] ?? NaN))),
        0,
      );
      expect(worst).toBeLessThan(1e-5);
    }
  });

  it("would not agree if a number of one step were frozen into the graph", async () => {
    await loadBackend("tensorflow");
    const specification = smallSpecification();
    const gan = buildGan(specification);
    // The classic mistake: the step's number taken from JavaScript instead of from its tensor.
    let number = 1;
    const options: TrainerOptions = {
      noise: () => {
        const seed = () => tf.tensor1d([7, number], "int32");
        return {
          normal: (_, shape) => randomNormal(seed(), shape),
          uniform: (_, shape) => randomUniform(seed(), shape),
        };
      },
    };
    const graph = compiled(gan, undefined, options);
    const eager = eagerTrainer(gan, undefined, options);
    const differences: number[] = [];
    for (number of [1, 2]) {
      const feed = randomFeed(specification, number);
      differences.push(difference(await graph.step(feed), await eager.step(feed)));
    }
    expect(differences[0]).toBeLessThan(1e-4);
    expect(differences[1]).toBeGreaterThan(1e-4);
  });
});

function adam(changes: Partial<Extract<Optimizer, { kind: "adam" }>>): Optimizer {
  return {
    ...{ kind: "adam", learningRate: 1e-3, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
    schedule: { kind: "constant" },
    ...changes,
  };
}

function descent(changes: Partial<Extract<Optimizer, { kind: "sgd" }>>): Optimizer {
  return {
    ...{ kind: "sgd", learningRate: 0.01, momentum: 0, nesterov: false },
    schedule: { kind: "constant" },
    ...changes,
  };
}
