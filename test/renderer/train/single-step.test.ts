// @vitest-environment node
import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import { deedsOf, singleStepOf } from "../../../renderer/train/single-step.ts";
import { exampleMeasurements } from "../examples.ts";

const { specification } = presetOf("lsgan-dc");

test("a step is compared with the newest measurement before it, also when it is known already", () => {
  const measured = exampleMeasurements([31], () => 7);
  for (const known of [
    [10, 20],
    [10, 20, 31],
  ]) {
    const step = singleStepOf(exampleMeasurements(known), measured);
    expect(step).toMatchObject({ step: 31, before: { step: 20, values: { scoreReal: 2 } } });
    expect(step?.after.scoreReal).toBe(7);
  }
});

test("the first step has nothing before it", () => {
  const step = singleStepOf(exampleMeasurements([]), exampleMeasurements([1]));
  expect(step?.before).toBeNull();
  expect(step && deedsOf(step, specification)[0]?.figures[0]).toEqual({
    label: "Loss before its update",
    before: "–",
    after: "0.10",
  });
});

test("it tells what the discriminator did first, then the generator, with their figures", () => {
  const step = singleStepOf(exampleMeasurements([20]), exampleMeasurements([21]));
  const deeds = step ? deedsOf(step, specification) : [];
  expect(deeds.map(({ network }) => network)).toEqual(["discriminator", "generator"]);
  expect(deeds[0]?.text).toMatch(/real and as many generated images\. It answered 2\.10 for/);
});

test("a critic scores, it does not answer, and its updates are counted", () => {
  const step = singleStepOf(exampleMeasurements([20]), exampleMeasurements([21]));
  const loop = { ...specification.loop, discriminatorSteps: 5 };
  const [critic] = step
    ? deedsOf(step, { loop, loss: { ...specification.loss, kind: "wasserstein" } as never })
    : [];
  expect(critic?.title).toBe("The critic: 5 updates");
  expect(critic?.text).toMatch(/each time\. It scored/);
});
