/**
 * The penalties' gradients by the discriminator's parameters, which are second derivatives through
 * the whole network, against central finite differences along a random direction in each of them.
 */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { differentiate } from "../../../../main/engine/ops/gradients.ts";
import {
  gradientPenalty,
  r1Penalty,
  weightPenalty,
} from "../../../../main/engine/regularizers/penalties.ts";
import { mapTensors, pick, tensorOf, type Tensors } from "../../../../main/engine/tensors.ts";
import { uniform } from "../../../../main/random/philox.ts";
import { constant } from "../../../../main/spec/initializers.ts";
import type { Layer } from "../../../../main/spec/layers.ts";
import {
  batchNorm,
  conv2d,
  conv2dTranspose,
  dense,
  flatten,
  leakyRelu,
  maxPool,
  relu,
  sigmoid,
  tanh,
} from "../../../../main/spec/layers/shorthand.ts";
import { gradientError } from "../../../support/derivatives.ts";
import { engines } from "../../../support/engines.ts";
import {
  batch,
  images,
  smallDiscriminator,
  type Judge,
} from "../../../support/small-discriminator.ts";

const same = (kernel: number, stride: number) => ({ kernel, stride, padding: "same" }) as const;
const elu: Layer = { kind: "elu", alpha: 1 };
const layerNorm: Layer = { kind: "layerNorm", epsilon: 1e-5 };
const spectral = (units: number): Layer => ({ ...dense(units), spectralNorm: true });

const networks: [string, Layer[]][] = [
  ["dense layers, tanh and sigmoid", [flatten, dense(6), tanh, dense(5), sigmoid, dense(1)]],
  ["leaky and plain rectifiers", [flatten, dense(8), leakyRelu(0.2), dense(6), relu, dense(1)]],
  ["a probability at the end", [flatten, dense(6), elu, dense(1), sigmoid]],
  [
    "strided convolutions",
    [conv2d(3, same(4, 2)), leakyRelu(0.2), conv2d(4, same(3, 2)), tanh, flatten, dense(1)],
  ],
  [
    "a convolution without padding",
    [conv2d(3, { kernel: 3, stride: 1, padding: "valid" }), elu, flatten, dense(1)],
  ],
  ["layer normalisation", [conv2d(3, same(3, 1)), layerNorm, elu, flatten, dense(1)]],
  ["batch normalisation", [conv2d(3, same(3, 2)), batchNorm(), tanh, flatten, dense(1)]],
  ["max pooling", [conv2d(3, same(3, 1)), tanh, maxPool(2), flatten, dense(4), tanh, dense(1)]],
  [
    "average pooling",
    [conv2d(3, same(3, 1)), tanh, { kind: "averagePool", size: 2 }, flatten, dense(1)],
  ],
  [
    "transposed convolution",
    [conv2d(2, same(3, 2)), tanh, conv2dTranspose(2, same(4, 2)), tanh, flatten, dense(1)],
  ],
  [
    "enlargement",
    [conv2d(2, same(3, 2)), tanh, { kind: "upsample", size: 2 }, elu, flatten, dense(1)],
  ],
  ["spectral normalisation", [flatten, spectral(6), tanh, spectral(1)]],
  [
    "minibatch discrimination",
    [
      ...[flatten, dense(5), tanh],
      {
        kind: "minibatchDiscrimination",
        ...{ kernels: 2, dimensions: 2, kernelInitializer: { kind: "glorotNormal" } },
      },
      dense(1),
    ],
  ],
];

/** Penalties as a function of the discriminator; both weights and targets away from 1. */
const penalties: [string, (judge: Judge) => tf.Scalar][] = [
  [
    "the gradient penalty",
    (judge) =>
      gradientPenalty(
        { kind: "gradientPenalty", weight: 10, target: 1 },
        ...([judge, images(1), images(2), tf.tensor1d(uniform([3, 1], batch))] as const),
      ),
  ],
  [
    "the gradient penalty of weight 3 and target 0.2",
    (judge) =>
      gradientPenalty(
        { kind: "gradientPenalty", weight: 3, target: 0.2 },
        ...([judge, images(1), images(2), tf.tensor1d(uniform([3, 1], batch))] as const),
      ),
  ],
  ["R1", (judge) => r1Penalty({ kind: "r1", weight: 10 }, judge, images(1))],
];

const limit = 1e-2;

/** With a loss beside it, which gives every parameter a gradient, the last bias too. */
const withLoss =
  (penalty: (judge: Judge) => tf.Scalar, judgeWith: (variables: Tensors) => Judge) =>
  (variables: Tensors): tf.Scalar => {
    const judge = judgeWith(variables);
    return tf.add<tf.Scalar>(penalty(judge), tf.mul(tf.mean(judge(images(1))), 0.01));
  };

for (const engine of engines) {
  describe.skipIf(engine.missing)(`penalties on ${engine.title}`, () => {
    beforeAll(async () => {
      await loadBackend(engine.name);
    });

    describe.each(penalties)("%s", (name, penalty) => {
      const through = /target 0.2/.test(name) ? networks.slice(0, 4) : networks;
      it.each(through)("has the right gradient through %s", (_, layers) => {
        tf.tidy(() => {
          const { judgeWith, trained, values } = smallDiscriminator(layers);
          const f = withLoss(penalty, judgeWith);
          expect(gradientError(f, values, trained)).toBeLessThan(limit);
        });
      });
    });

    it.each([
      ["channels", [conv2d(3, same(4, 2)), tanh, flatten, dense(1)]],
      ["oneHot", [dense(6), tanh, dense(1)]],
    ] as const)("has the right gradient with the label as %s", (discriminator, layers) => {
      tf.tidy(() => {
        const conditioning = { classes: 3, discriminator };
        const { judgeWith, trained, values } = smallDiscriminator([...layers], conditioning);
        const [, penalty] = penalties[0] as (typeof penalties)[number];
        const f = withLoss(penalty, judgeWith);
        expect(gradientError(f, values, trained)).toBeLessThan(limit);
      });
    });

    it.each([
      ["the library's own tanh", (x: tf.Tensor) => tf.tanh(x)],
      ["the library's own sigmoid", (x: tf.Tensor) => tf.sigmoid(x)],
    ])("the check notices a wrong second derivative: %s", (_, activation) => {
      tf.tidy(() => {
        const { judgeWith, trained, values } = smallDiscriminator([flatten, dense(1)]);
        const [, penalty] = penalties[0] as (typeof penalties)[number];
        const f = withLoss((judge) => penalty((x) => activation(judge(x))), judgeWith);
        expect(gradientError(f, values, trained)).toBeGreaterThan(0.05);
      });
    });

    const kernelPenalty = (norm: "l1" | "l2", weight: number) =>
      ({ kind: "weightPenalty", network: "discriminator", norm, weight }) as const;

    it.each([
      ["L1", [kernelPenalty("l1", 0.3)]],
      ["L2", [kernelPenalty("l2", 0.7)]],
      ["both together", [kernelPenalty("l1", 0.3), kernelPenalty("l2", 0.7)]],
    ])("%s has the right value and gradient, of kernels only", (_, regularizers) => {
      tf.tidy(() => {
        const { trained, values } = smallDiscriminator([
          ...[conv2d(2, same(3, 2)), tanh, flatten, dense(3), tanh, dense(1)],
        ]);
        // |w| has a kink at 0, which no random direction may cross.
        const away = mapTensors(values, (tensor) => tf.add(tensor, tf.mul(tf.sign(tensor), 0.1)));
        const f = (variables: Tensors) =>
          weightPenalty(regularizers, "discriminator", variables, trained) ?? tf.scalar(NaN);
        const kernels = trained.filter((name) => name.endsWith(".kernel"));
        expect(gradientError(f, away, kernels)).toBeLessThan(limit);
        const numbers = kernels.flatMap((name) => Array.from(tensorOf(away, name).dataSync()));
        const expected = regularizers
          .flatMap(({ norm, weight }) =>
            numbers.map((w) => weight * (norm === "l1" ? Math.abs(w) : w * w)),
          )
          .reduce((sum, value) => sum + value, 0);
        expect((f(away).dataSync()[0] ?? NaN) / expected).toBeCloseTo(1, 5);
      });
    });

    it("weight penalties of the other network are left out", () => {
      tf.tidy(() => {
        const { trained, values } = smallDiscriminator([flatten, dense(1)]);
        const other = { ...kernelPenalty("l2", 1), network: "generator" } as const;
        expect(weightPenalty([other], "discriminator", values, trained)).toBeNull();
      });
    });

    it("of a discriminator without slope are finite, and so are their gradients", () => {
      tf.tidy(() => {
        const flat = { ...dense(1), kernelInitializer: constant(0) };
        const { judgeWith, trained, values } = smallDiscriminator([flatten, flat]);
        for (const [, penalty] of penalties) {
          const { value, gradients } = differentiate(
            () => ({ value: withLoss(penalty, judgeWith)(values), extra: {} }),
            pick(values, trained),
          );
          for (const tensor of [value, ...Object.values(gradients)]) {
            expect(Array.from(tensor.dataSync()).every(Number.isFinite)).toBe(true);
          }
        }
      });
    });

    it("are what their formulas say for a linear discriminator, whose slope is its kernel", () => {
      tf.tidy(() => {
        const { judgeWith, values } = smallDiscriminator([flatten, dense(1)]);
        const length = Math.hypot(...tensorOf(values, "discriminator.1.kernel").dataSync());
        const expected = [10 * (length - 1) ** 2, 3 * (length - 0.2) ** 2, 5 * length ** 2];
        penalties.forEach(([name, penalty], i) => {
          const found = penalty(judgeWith(values)).dataSync()[0] ?? NaN;
          expect(found / (expected[i] ?? NaN), name).toBeCloseTo(1, 4);
        });
      });
    });
  });
}
