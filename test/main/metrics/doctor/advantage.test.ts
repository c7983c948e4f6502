import { expect, test } from "vitest";
import {
  discriminatorScale,
  generatorScale,
  onScale,
} from "../../../../main/metrics/doctor/advantage.ts";
import { presetOf, presets } from "../../../../main/spec/presets.ts";

test("every loss with a balance is 1 there, and 0 where the discriminator cannot be better", () => {
  const at = (preset: string) => discriminatorScale(presetOf(preset).specification.loss);
  expect(at("basic-mlp")).toEqual({ best: 0, balance: 2 * Math.LN2 });
  expect(at("dcgan-bce")).toEqual({ best: 0, balance: Math.LN2 });
  expect(at("lsgan-dc")).toEqual({ best: 0, balance: 0.25 });
  const smoothed = at("vanilla-mlp");
  expect(smoothed?.best).toBeCloseTo(0.325, 3);
  expect(smoothed?.balance).toBeCloseTo(1.3763, 3);
  if (!smoothed) throw new Error("it has a scale");
  expect(onScale(smoothed)(smoothed.balance)).toBe(1);
});

test("a Wasserstein loss has no scale, for neither player", () => {
  for (const { specification } of presets.filter(({ id }) => id.startsWith("wgan"))) {
    expect(discriminatorScale(specification.loss)).toBeNull();
    expect(generatorScale(specification.loss)).toBeNull();
  }
});

test("the generator's part of the minimax game has no best", () => {
  expect(generatorScale(presetOf("minimax-momentum").specification.loss)).toBeNull();
  expect(generatorScale(presetOf("lsgan-dc").specification.loss)).toEqual({
    ...{ best: 0, balance: 0.125 },
  });
});
