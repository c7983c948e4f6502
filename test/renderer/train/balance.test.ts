// @vitest-environment node
import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { balanceSentence } from "../../../renderer/train/balance.ts";

const leastSquares = presetOf("lsgan-dc").specification.loss;
const crossEntropy = presetOf("vanilla-mlp").specification.loss;
const say = (discriminator: number, loss = leastSquares) =>
  balanceSentence({ generator: 0.4, discriminator }, loss);

test("a discriminator below balance is ahead, with both figures", () => {
  expect(say(0.19)).toBe(
    "The discriminator is ahead: its loss is 0.19; at balance it would be 0.25.",
  );
});

test("far below balance, the danger is named", () => {
  expect(say(0.03)).toMatch(
    /^The discriminator is far ahead: its loss is 0.03; .* stops learning\.$/,
  );
});

test("above balance the generator is ahead", () => {
  expect(say(0.4)).toMatch(/^The generator is ahead, .* at balance it would be 0.25\.$/);
});

test("near balance is said to be balance", () => {
  expect(say(0.25)).toMatch(/^The two are near balance/);
  expect(say(0.27)).toMatch(/^The two are near balance/);
});

test("the balance is that of the run's own loss", () => {
  expect(say(0.25, crossEntropy)).toMatch(/far ahead.*at balance it would be 1.38/);
});

test("losses that are no numbers are a divergence, whichever it is", () => {
  expect(say(Number.NaN)).toMatch(/diverged/);
  expect(balanceSentence({ generator: Infinity, discriminator: 0.2 }, leastSquares)).toMatch(
    /diverged/,
  );
});

test("before the first figures it says when they come", () => {
  expect(balanceSentence(null, leastSquares)).toMatch(/after a few steps/);
});
