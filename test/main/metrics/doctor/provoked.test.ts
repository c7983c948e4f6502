/**
 * Real small runs that are made ill: each illness is found within 300 steps, and the first remedy,
 * applied as the studio applies it, clears it. A healthy run has none.
 */
import { expect, onTestFinished, test } from "vitest";
import type { Specification } from "../../../../main/spec/specification.ts";
import { presetFor } from "../../../support/doctor/healthy.ts";
import { provoke } from "../../../support/doctor/provoke.ts";
import {
  convolutionalRun,
  denseRun,
  findingsAfter,
  illnesses,
  type Illness,
} from "../../../support/illnesses.ts";
import { watchedTraining } from "../../../support/watched-training.ts";

const leastSquaresRun = () => presetFor("lsgan-dc/8");

const provoked: [string, Illness, () => Specification][] = [
  ["convolutional", illnesses.fastDiscriminator, convolutionalRun],
  ["least squares", illnesses.fastDiscriminator, leastSquaresRun],
  ["dense", illnesses.swappedLabels, denseRun],
  ["dense", illnesses.hugeRates, denseRun],
  ["dense", illnesses.brightHalf, denseRun],
];

test.each(
  provoked.map(([run, illness, healthy]) => ({ run, name: illness.name, illness, healthy })),
)("$name is found on a $run run, and its first remedy clears it", async ({ illness, healthy }) => {
  const { found, treatment } = await provoke(illness, healthy(), {
    steps: 300,
    toTheEnd: false,
    treatedFor: 200,
  });
  const named = found.find(({ finding }) => illness.expected.includes(finding.id));
  expect(named?.finding.severity).toBeOneOf(["warning", "serious"]);
  expect(treatment).toMatchObject({ cleared: true });
});

test("a generator against a frozen discriminator collapses, which is found too", async () => {
  const course = { steps: 300, toTheEnd: true, treatedFor: 200 };
  const { found, treatment } = await provoke(illnesses.frozenDiscriminator, denseRun(), course);
  expect(found.map(({ finding }) => finding.id)).toContain("mode-collapse");
  expect(treatment).toMatchObject({ cleared: true });
});

test("a healthy run has no finding in 300 steps", async () => {
  const specification = denseRun();
  const training = await watchedTraining(specification);
  onTestFinished(() => training.close());
  for (let step = 50; step <= 300; step += 50) {
    expect(await findingsAfter(training, specification, step)).toEqual([]);
  }
});
