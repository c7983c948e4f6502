/**
 * First and second derivatives of every differentiable operation against central finite
 * differences, at points where the operation is smooth. Float32 allows about three digits.
 */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import {
  absolute,
  elu,
  exp,
  leakyRelu,
  relu,
  sigmoid,
  softplus,
  tanh,
} from "../../../../main/engine/ops/activation.ts";
import { normalizeBatch } from "../../../../main/engine/ops/batch-norm.ts";
import { heldLog } from "../../../../main/engine/ops/held-log.ts";
import { normalizeExamples } from "../../../../main/engine/ops/layer-norm.ts";
import { minibatchDiscrimination } from "../../../../main/engine/ops/minibatch-discrimination.ts";
import { averagePool, maxPool, upsample } from "../../../../main/engine/ops/pooling.ts";
import { normal } from "../../../../main/random/philox.ts";
import {
  derivativeError,
  penaltyOf,
  scalarOf,
  type Operation,
} from "../../../support/derivatives.ts";
import { engines } from "../../../support/engines.ts";

interface Case {
  name: string;
  shape: number[];
  operation: Operation;
  /** Moves random points away from kinks; default: 0.3 away from 0. */
  place?: (value: number) => number;
}

const awayFromZero = (value: number) => value + Math.sign(value) * 0.3;
const kernel = Array.from(normal([3, 0], 3 * 3 * 2 * 2), (value) => value * 0.5);
const kernel4D = () => tf.tensor4d(kernel, [3, 3, 2, 2]);

const cases: Case[] = [
  { name: "relu", shape: [6], operation: relu },
  { name: "leakyRelu", shape: [6], operation: (x) => leakyRelu(x, 0.2) },
  { name: "tanh", shape: [6], operation: tanh },
  { name: "sigmoid", shape: [6], operation: sigmoid },
  { name: "softplus", shape: [6], operation: softplus },
  { name: "exp", shape: [6], operation: exp },
  { name: "absolute", shape: [6], operation: absolute },
  { name: "elu", shape: [6], operation: (x) => elu(x, 0.7) },
  { name: "upsample", shape: [2, 2, 3, 2], operation: (x) => upsample(x, 2) },
  {
    name: "layer normalisation",
    shape: [3, 2, 2, 2],
    operation: (x) =>
      normalizeExamples(x, { gamma: tf.tensor1d([1.2, 0.7]), beta: tf.zeros([2]), epsilon: 1e-5 }),
  },
  {
    name: "minibatch discrimination",
    shape: [3, 4],
    operation: (x) => minibatchDiscrimination(x, tf.tensor(normal([6, 1], 24), [4, 6]), 3),
  },
  {
    name: "heldLog",
    shape: [6],
    operation: heldLog,
    place: (value) => 0.2 + 0.6 / (1 + Math.exp(-value)),
  },
  {
    name: "batch normalisation",
    shape: [5, 2],
    operation: (x) =>
      normalizeBatch(x, { gamma: tf.tensor1d([1.2, 0.7]), beta: tf.zeros([2]), epsilon: 1e-5 }),
  },
  {
    name: "maxPool",
    shape: [1, 4, 4, 2],
    operation: (x) => maxPool(x, 2),
  },
  { name: "maxPool of odd size", shape: [1, 5, 5, 1], operation: (x) => maxPool(x, 2) },
  { name: "averagePool", shape: [1, 4, 4, 2], operation: (x) => averagePool(x, 2) },
  {
    name: "convolution with stride",
    shape: [1, 5, 5, 2],
    operation: (x) => tf.conv2d(x as tf.Tensor4D, kernel4D(), 2, "same"),
  },
  {
    name: "transposed convolution",
    shape: [1, 3, 3, 2],
    operation: (x) => tf.conv2dTranspose(x as tf.Tensor4D, kernel4D(), [1, 6, 6, 2], 2, "same"),
  },
  {
    name: "convolution in its kernel",
    shape: [3, 3, 2, 2],
    operation: (x) =>
      tf.conv2d(
        tf.tensor4d(Array.from(normal([9, 9], 50)), [1, 5, 5, 2]),
        x as tf.Tensor4D,
        2,
        "same",
      ),
  },
];

for (const engine of engines) {
  describe.skipIf(engine.missing)(`derivatives on ${engine.title}`, () => {
    beforeAll(async () => {
      await loadBackend(engine.name);
    });

    for (const { name, shape, operation, place = awayFromZero } of cases) {
      const values = normal([11, 4], tf.util.sizeFromShape(shape)).map(place);
      const check = (f: (x: tf.Tensor) => tf.Scalar) => derivativeError(f, values, shape);

      it(`${name}: the first derivative is right`, () => {
        expect(check(scalarOf(operation))).toBeLessThan(5e-3);
      });

      // A kernel's second derivative would need the gradient of a gradient op that no loss takes.
      it.skipIf(name === "convolution in its kernel")(
        `${name}: the second derivative is right`,
        () => {
          expect(check(penaltyOf(operation))).toBeLessThan(1e-2);
        },
      );
    }

    it.each([
      ["tanh", (x: tf.Tensor) => tf.tanh(x)],
      ["sigmoid", (x: tf.Tensor) => tf.sigmoid(x)],
      ["exp", (x: tf.Tensor) => tf.exp(x)],
    ])("the check notices that the library's own %s has a wrong second derivative", (_, own) => {
      const values = normal([11, 4], 6).map(awayFromZero);
      expect(derivativeError(scalarOf(own), values, [6])).toBeLessThan(5e-3);
      expect(derivativeError(penaltyOf(own), values, [6])).toBeGreaterThan(0.05);
    });
  });
}
