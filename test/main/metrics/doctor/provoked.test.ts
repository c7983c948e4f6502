/** Real small runs that are made ill: each illness is found within 300 steps, a healthy one has none. */
import { expect, onTestFinished, test } from "vitest";
import type { Specification } from "../../../../main/spec/specification.ts";
import {
  convolutionalRun,
  denseRun,
  findingsAfter,
  firstFound,
  illnesses,
  type Illness,
} from "../../../support/illnesses.ts";
import { watchedTraining } from "../../../support/watched-training.ts";

async function provoke(illness: Illness, healthy: Specification) {
  const specification = illness.specification(healthy);
  const { dataset } = illness;
  const training = await watchedTraining(specification, dataset ? { dataset } : {});
  onTestFinished(() => training.close());
  return firstFound(training, specification, illness.expected);
}

const provoked: [Illness, () => Specification][] = [
  [illnesses.fastDiscriminator, convolutionalRun],
  [illnesses.frozenDiscriminator, denseRun],
  [illnesses.swappedLabels, denseRun],
  [illnesses.hugeRates, denseRun],
  [illnesses.brightHalf, denseRun],
];

test.each(provoked.map(([illness, healthy]) => ({ name: illness.name, illness, healthy })))(
  "$name is found",
  async ({ illness, healthy }) => {
    const found = await provoke(illness, healthy());
    expect(found?.finding.id).toBeOneOf([...illness.expected]);
    expect(found?.finding.severity).not.toBe("note");
  },
);

test("a healthy run has no finding in 300 steps", async () => {
  const specification = denseRun();
  const training = await watchedTraining(specification);
  onTestFinished(() => training.close());
  for (let step = 50; step <= 300; step += 50) {
    expect(await findingsAfter(training, specification, step)).toEqual([]);
  }
});
