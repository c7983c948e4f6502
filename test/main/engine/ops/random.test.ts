/** Every engine draws the stream that the host draws. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../../main/engine/backend/backend.ts";
import { seededNoise } from "../../../../main/engine/networks/noise.ts";
import { randomNormal, randomUniform } from "../../../../main/engine/ops/random.ts";
import { normal, uniform, type Seed } from "../../../../main/random/philox.ts";
import { engines } from "../../../support/engines.ts";

const seeds: Seed[] = [
  [1, 2],
  [-5, 7],
  [2147483647, -2147483648],
];

for (const engine of engines) {
  describe.skipIf(engine.missing)(`random numbers on ${engine.title}`, () => {
    beforeAll(async () => {
      await loadBackend(engine.name);
    });

    it.each(seeds)("are the host's for the seed (%i, %i)", (...seed) => {
      tf.tidy(() => {
        const key = tf.tensor1d([...seed], "int32");
        expect(randomUniform(key, [77, 13]).dataSync()).toEqual(uniform(seed, 1001));
        const drawn = randomNormal(key, [1001]).dataSync();
        const expected = normal(seed, 1001);
        const difference = drawn.map((value, i) => Math.abs(value - (expected[i] ?? NaN)));
        expect(Math.max(...difference)).toBeLessThan(2e-6);
      });
    });

    it("differ from step to step and from purpose to purpose, and repeat", () => {
      tf.tidy(() => {
        const at = (step: number, purpose: string) =>
          Array.from(seededNoise(1, tf.scalar(step, "int32")).normal(purpose, [8]).dataSync());
        expect(at(1, "a")).toEqual(at(1, "a"));
        expect(at(1, "a")).not.toEqual(at(2, "a"));
        expect(at(1, "a")).not.toEqual(at(1, "b"));
      });
    });
  });
}
