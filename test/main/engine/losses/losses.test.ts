/**
 * First and second derivatives of every loss, of both players, against finite differences; and the
 * losses' values where a naive formula would overflow.
 */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { lossFunctions, type LossFunctions } from "../../../../main/engine/losses/losses.ts";
import { detach } from "../../../../main/engine/ops/detach.ts";
import type { Loss } from "../../../../main/spec/losses.ts";
import { derivativeError, penaltyOf, scalarOf } from "../../../support/derivatives.ts";
import { engines } from "../../../support/engines.ts";

const shared = { terms: "sum", flipRate: 0 } as const;
const logits = { on: "logits", ...shared } as const;
const probabilities = { on: "probabilities", ...shared } as const;
const hard = { realLabel: 1, fakeLabel: 0, generatorLabel: 1 };
const smooth = { realLabel: 0.9, fakeLabel: 0.1, generatorLabel: 0.95 };

const losses: [string, Loss][] = [
  ["minimax on logits", { kind: "minimax", ...logits }],
  ["minimax on probabilities", { kind: "minimax", ...probabilities }],
  ["non-saturating on logits", { kind: "nonSaturating", ...logits }],
  ["non-saturating on probabilities", { kind: "nonSaturating", ...probabilities }],
  ["cross-entropy on logits", { kind: "binaryCrossEntropy", ...logits, ...hard }],
  ["cross-entropy on probabilities", { kind: "binaryCrossEntropy", ...probabilities, ...hard }],
  ["smoothed cross-entropy on logits", { kind: "binaryCrossEntropy", ...logits, ...smooth }],
  [
    "smoothed cross-entropy on probabilities",
    { kind: "binaryCrossEntropy", ...probabilities, ...smooth },
  ],
  ["least squares", { kind: "leastSquares", ...shared, ...hard }],
  [
    "least squares with labels −1, 1 and 0",
    {
      ...{ kind: "leastSquares", ...shared },
      ...{ realLabel: 1, fakeLabel: -1, generatorLabel: 0 },
    },
  ],
  ["Wasserstein", { kind: "wasserstein", ...shared }],
  ["hinge", { kind: "hinge", ...shared }],
];

const players = ["real", "generated", "generator"] as const satisfies (keyof LossFunctions)[];

/** Answers on both sides of every kink and label, and on none: of a logit, −2.4 to 2.6. */
const answers = Float32Array.of(-2.4, -1.3, -0.6, 0.35, 0.75, 1.4, 2.6);
const shape = [answers.length, 1];
const sigmoid = (a: number) => 1 / (1 + Math.exp(-a));

for (const engine of engines) {
  describe.skipIf(engine.missing)(`losses on ${engine.title}`, () => {
    beforeAll(async () => {
      await loadBackend(engine.name);
    });

    for (const [name, loss] of losses) {
      const given = "on" in loss && loss.on === "probabilities" ? answers.map(sigmoid) : answers;

      it.each(players)(`${name}: both derivatives of «%s» are right`, (player) => {
        const f = lossFunctions(loss)[player];
        expect(derivativeError(scalarOf(f), given, shape)).toBeLessThan(2e-3);
        expect(derivativeError(penaltyOf(f), given, shape)).toBeLessThan(5e-3);
      });
    }

    it("the check notices a slope that is wrong by 2 %", () => {
      const bent = (x: tf.Tensor) => tf.add(x, tf.mul(tf.sub(x, detach(x)), 0.02));
      const f = lossFunctions({ kind: "hinge", ...shared }).real;
      expect(
        derivativeError(
          scalarOf((x) => f(bent(x))),
          answers,
          shape,
        ),
      ).toBeGreaterThan(1e-2);
    });

    it("on logits stay finite, with their slopes, where a logarithm of a probability would not", () => {
      const far = tf.tensor2d([[-200], [200]]);
      for (const [name, loss] of losses) {
        if (!("on" in loss) || loss.on !== "logits") continue;
        for (const player of players) {
          const f = lossFunctions(loss)[player];
          const slopes = tf
            .grad((x: tf.Tensor) => tf.sum(f(x)))(far)
            .dataSync();
          for (const value of [...f(far).dataSync(), ...slopes]) {
            expect(Number.isFinite(value), `${name}, ${player}`).toBe(true);
          }
        }
      }
    });

    it("on probabilities of exactly 0 and 1 stay finite, with their slopes", () => {
      const certain = tf.tensor2d([[0], [1]]);
      for (const [name, loss] of losses) {
        if (!("on" in loss) || loss.on !== "probabilities") continue;
        for (const player of players) {
          const f = lossFunctions(loss)[player];
          const slopes = tf
            .grad((x: tf.Tensor) => tf.sum(f(x)))(certain)
            .dataSync();
          for (const value of [...f(certain).dataSync(), ...slopes]) {
            expect(Number.isFinite(value), `${name}, ${player}`).toBe(true);
          }
        }
      }
    });

    it("of the hinge are flat exactly where the margin is kept", () => {
      const { real, generated } = lossFunctions({ kind: "hinge", ...shared });
      const slopesOf = (f: LossFunctions["real"]) =>
        Array.from(
          tf
            .grad((x: tf.Tensor) => tf.sum(f(x)))(tf.tensor2d([[-2], [2]]))
            .dataSync(),
        );
      expect(slopesOf(real).map(Math.abs)).toEqual([1, 0]);
      expect(slopesOf(generated).map(Math.abs)).toEqual([0, 1]);
    });
  });
}
