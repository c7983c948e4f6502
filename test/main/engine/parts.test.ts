/** Losses, optimisers, regularisers and options of the step against their formulas, worked by hand. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import { lossFunctions } from "../../../main/engine/losses/losses.ts";
import { spectralNormalize } from "../../../main/engine/ops/spectral-norm.ts";
import { optimizerFunctions } from "../../../main/engine/optimizers/optimizers.ts";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { eagerTrainer } from "../../../main/engine/eager-trainer.ts";
import { normal, uniform } from "../../../main/random/philox.ts";
import type { Loss } from "../../../main/spec/losses.ts";
import type { Optimizer } from "../../../main/spec/optimizers.ts";
import { presets } from "../../../main/spec/presets.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { engines } from "../../support/engines.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const schedule = { kind: "constant" } as const;
const shared = { terms: "sum", flipRate: 0 } as const;

const softplus = (a: number) => Math.log1p(Math.exp(a));
const relu = (a: number) => Math.max(0, a);
const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

/** For an answer a: the loss of real, of generated, and the generator's. */
const formulas: [Loss, (a: number) => [number, number, number]][] = [
  [{ kind: "minimax", on: "logits", ...shared }, (a) => [softplus(-a), softplus(a), -softplus(a)]],
  [
    { kind: "nonSaturating", on: "logits", ...shared },
    (a) => [softplus(-a), softplus(a), softplus(-a)],
  ],
  [
    {
      kind: "binaryCrossEntropy",
      on: "probabilities",
      ...{ realLabel: 0.9, fakeLabel: 0.1, generatorLabel: 1 },
      ...shared,
    },
    (a) => {
      const cross = (p: number, y: number) => -y * Math.log(p) - (1 - y) * Math.log(1 - p);
      const p = sigmoid(a);
      return [cross(p, 0.9), cross(p, 0.1), cross(p, 1)];
    },
  ],
  [{ kind: "wasserstein", ...shared }, (a) => [-a, a, -a]],
  [{ kind: "hinge", ...shared }, (a) => [relu(1 - a), relu(1 + a), -a]],
];

/** Three updates of one number, with gradients 1, −2 and 0.5. */
const updates: [string, Optimizer, number[]][] = (() => {
  const gradients = [1, -2, 0.5];
  const run = (step: (gradient: number) => number) => {
    let value = 1;
    return gradients.map((gradient) => (value -= step(gradient)));
  };
  let velocity = 0;
  const momentum = run((gradient) => 0.1 * (velocity = 0.5 * velocity + gradient));
  velocity = 0;
  const nesterov = run((gradient) => {
    velocity = 0.5 * velocity + gradient;
    return 0.1 * (gradient + 0.5 * velocity);
  });
  let square = 0;
  const rmsprop = run((gradient) => {
    square = 0.9 * square + 0.1 * gradient ** 2;
    return (0.1 * gradient) / (Math.sqrt(square) + 1e-8);
  });
  let [m, v, t] = [0, 0, 0];
  const adam = run((gradient) => {
    t++;
    m = 0.5 * m + 0.5 * gradient;
    v = 0.999 * v + 0.001 * gradient ** 2;
    return (0.1 * m) / (1 - 0.5 ** t) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
  });
  const sgd = { kind: "sgd", learningRate: 0.1, schedule } as const;
  return [
    ["SGD", { ...sgd, momentum: 0, nesterov: false }, run((gradient) => 0.1 * gradient)],
    ["momentum", { ...sgd, momentum: 0.5, nesterov: false }, momentum],
    ["Nesterov's momentum", { ...sgd, momentum: 0.5, nesterov: true }, nesterov],
    [
      "RMSprop",
      { kind: "rmsprop", learningRate: 0.1, decay: 0.9, epsilon: 1e-8, schedule },
      rmsprop,
    ],
    [
      "Adam",
      { kind: "adam", learningRate: 0.1, beta1: 0.5, beta2: 0.999, epsilon: 1e-8, schedule },
      adam,
    ],
  ];
})();

const batch = uniform([5, 5], 16 * 784).map((value) => 2 * value - 1);
const learningRates = { generator: 1e-3, discriminator: 1e-3 };

async function trained(changes: Partial<Specification>, steps = 2) {
  const gan = buildGan({ ...smallSpecification(), ...changes });
  const trainer = eagerTrainer(gan);
  const k = gan.specification.loop.discriminatorSteps;
  const batches = Array.from({ length: k }, () => batch);
  const measured = [];
  for (let step = 1; step <= steps; step++) {
    measured.push(await trainer.step({ step, batches, learningRates }));
  }
  const state = await trainer.read();
  trainer.dispose();
  return { measured, state, start: initialState(gan) };
}

for (const engine of engines) {
  describe.skipIf(engine.missing)(`on ${engine.title}`, () => {
    beforeAll(async () => {
      await loadBackend(engine.name);
    });

    it.each(formulas)("the loss %o follows its formula", (loss, formula) => {
      const functions = lossFunctions(loss);
      for (const a of [-3, -0.5, 0.2, 4]) {
        const answer = "on" in loss && loss.on === "probabilities" ? sigmoid(a) : a;
        const given = tf.tensor2d([[answer]]);
        const found = [functions.real, functions.generated, functions.generator].map(
          (f) => f(given).dataSync()[0] ?? NaN,
        );
        formula(a).forEach((expected, i) => {
          expect(found[i]).toBeCloseTo(expected, 4);
        });
      }
    });

    it.each(updates)("%s follows its formula", (_, optimizer, expected) => {
      const functions = optimizerFunctions(optimizer);
      const start = functions.initialSlots({ x: { shape: [1], values: new Float32Array(1) } });
      let state: Record<string, tf.Tensor> = { x: tf.tensor1d([1]) };
      for (const [name, { values }] of Object.entries(start)) state[name] = tf.tensor1d(values);
      const found = [1, -2, 0.5].map((gradient, i) => {
        const parameters = { x: state.x as tf.Tensor };
        const gradients = { x: tf.tensor1d([gradient]) };
        const next = functions.update(
          parameters,
          gradients,
          state,
          tf.scalar(0.1),
          tf.scalar(i + 1),
        );
        state = { ...state, ...next };
        return next.x?.dataSync()[0] ?? NaN;
      });
      found.forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i] ?? NaN, 5);
      });
    });

    it("spectral normalisation finds the largest singular value", () => {
      tf.tidy(() => {
        // Of diag(3, 1) in a turned basis the largest singular value is 3.
        const kernel = tf.tensor2d([
          [2, 1],
          [1, 2],
        ]);
        let u: tf.Tensor = tf.tensor2d([[1], [0.2]]);
        for (let pass = 0; pass < 30; pass++) u = spectralNormalize(kernel, 1, u, true).u;
        const normalized = spectralNormalize(kernel, 1, u, false).kernel.dataSync();
        [2 / 3, 1 / 3, 1 / 3, 2 / 3].forEach((expected, i) => {
          expect(normalized[i]).toBeCloseTo(expected, 4);
        });
      });
    });

    it("clipping keeps all of the discriminator's trained values within its limit", async () => {
      const { state } = await trained({ regularizers: [{ kind: "weightClip", limit: 0.01 }] });
      for (const [name, { values }] of Object.entries(state)) {
        if (!/^discriminator.*\.(kernel|bias)$/.test(name)) continue;
        expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.01));
      }
    });

    it("a weight penalty shrinks weights, and only those of its network", async () => {
      const size = (state: HostTensors, name: string) =>
        (state[name]?.values ?? new Float32Array(0)).reduce(
          (sum, value) => sum + Math.abs(value),
          0,
        );
      const plain = await trained({}, 5);
      for (const norm of ["l1", "l2"] as const) {
        const penalty = { kind: "weightPenalty", network: "generator", norm, weight: 1 } as const;
        const held = await trained({ regularizers: [penalty] }, 5);
        expect(size(held.state, "generator.0.kernel")).toBeLessThan(
          size(plain.state, "generator.0.kernel"),
        );
        expect(held.measured[0]?.lossDiscriminator).toBe(plain.measured[0]?.lossDiscriminator);
      }
    });

    it("R1 and flipped labels change the discriminator's update", async () => {
      const plain = await trained({}, 1);
      const r1 = await trained({ regularizers: [{ kind: "r1", weight: 10 }] }, 1);
      expect(r1.measured[0]?.lossDiscriminator).toBeCloseTo(
        plain.measured[0]?.lossDiscriminator ?? NaN,
        5,
      );
      expect(r1.state["discriminator.1.kernel"]).not.toEqual(plain.state["discriminator.1.kernel"]);
      const { loss } = smallSpecification();
      const flipped = await trained({ loss: { ...loss, flipRate: 1 } }, 1);
      expect(flipped.measured[0]?.lossDiscriminator).not.toBeCloseTo(
        plain.measured[0]?.lossDiscriminator ?? NaN,
        3,
      );
    });

    it("the generator's average follows it by its decay", async () => {
      const { state, start } = await trained({ generatorAverage: { decay: 0.75 } }, 1);
      const name = "generator.0.kernel";
      const [old, now, average] = [start[name], state[name], state[`${name}/average`]];
      for (let i = 0; i < 8; i++) {
        const expected = 0.75 * (old?.values[i] ?? NaN) + 0.25 * (now?.values[i] ?? NaN);
        expect(average?.values[i]).toBeCloseTo(expected, 6);
      }
    });

    it("no step of any preset leaves a tensor behind", async () => {
      for (const { specification } of presets.filter(({ id }) => id !== "mlp-batchnorm")) {
        const gan = buildGan({
          ...specification,
          loop: { ...specification.loop, batchSize: 4, discriminatorSteps: 2 },
        });
        const { height, width, channels } = specification.image;
        const before = tf.memory().numTensors;
        const trainer = eagerTrainer(gan);
        const after = tf.memory().numTensors;
        const images = normal([1, 1], 4 * height * width * channels).map(Math.tanh);
        const labels = specification.conditioning && [
          [0, 1, 2, 3],
          [4, 5, 6, 7],
        ];
        for (let step = 1; step <= 2; step++) {
          const measured = await trainer.step({
            ...{ step, batches: [images, images], learningRates },
            ...(labels && { labels }),
          });
          expect(Object.values(measured).every(Number.isFinite)).toBe(true);
        }
        expect(tf.memory().numTensors).toBe(after);
        trainer.dispose();
        expect(tf.memory().numTensors).toBe(before);
      }
    });
  });
}
