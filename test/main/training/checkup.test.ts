/** Checkups of a run in training: when they come, what they find, and that they change nothing. */
import { expect, onTestFinished, test } from "vitest";
import { isCheckupDue } from "../../../main/training/checkup.ts";
import type { Specification } from "../../../main/spec/specification.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { watchedTraining } from "../../support/watched-training.ts";

const engine = "wasm";

async function watched(changes: Partial<Specification> = {}, count = 300) {
  const small = smallSpecification({ epochs: 1000 });
  const data = { ...small.data, source: { kind: "digits" as const, count, seed: 1 } };
  const specification = { ...small, data, ...changes };
  const training = await watchedTraining(specification, { engine });
  onTestFinished(() => training.close());
  return training;
}

test("they come every fifty steps at first, and seldom later", () => {
  expect(isCheckupDue(49, 0)).toBe(false);
  expect(isCheckupDue(50, 0)).toBe(true);
  expect(isCheckupDue(300, 250)).toBe(true);
  expect(isCheckupDue(350, 300)).toBe(false);
  expect(isCheckupDue(550, 300)).toBe(true);
  expect(isCheckupDue(2100, 1800)).toBe(false);
  expect(isCheckupDue(2300, 1800)).toBe(true);
});

test("only steps that are measured anyway have one", async () => {
  const training = await watched({
    outputs: { ...smallSpecification().outputs, measureEvery: 20 },
  });
  const { rows } = await training.until(130);
  const steps = rows.flatMap(({ step, checkup }) => (checkup ? [step] : []));
  expect(steps).toEqual([60, 120]);
});

test("they say what the data and the images are like", async () => {
  const training = await watched();
  const { rows } = await training.until(50);
  const checkup = rows.at(-1)?.checkup;
  expect(checkup).toMatchObject({ realLow: -1, realHigh: 1, scoreHeldOut: NaN, criticSlope: NaN });
  expect(checkup?.imbalance).toBeLessThan(2);
  expect(checkup?.saturatedReal).toBeGreaterThan(0.5);
  expect(checkup?.diversity).toBeGreaterThan(0);
  expect(checkup?.scoreTrained).toBeGreaterThan(0);
});

test("images that are kept aside are asked about", async () => {
  const { data } = smallSpecification();
  const training = await watched({
    data: {
      ...data,
      ...{ source: { kind: "digits", count: 300, seed: 1 }, training: 200, validation: 100 },
    },
  });
  const { rows } = await training.until(50);
  expect(rows.at(-1)?.checkup?.scoreHeldOut).toBeGreaterThan(0);
});

test("a handful of images is too few to say anything", async () => {
  const training = await watched({ loop: { ...smallSpecification().loop, batchSize: 4 } }, 6);
  const { rows } = await training.until(60);
  expect(rows.some(({ checkup }) => checkup)).toBe(false);
});

test.each(["auto", "wasm"] as const)("on %s they change nothing", async (name) => {
  const specification = smallSpecification({ epochs: 1000 });
  const trained = async (unwatched: boolean) => {
    const training = await watchedTraining(specification, { engine: name, unwatched });
    onTestFinished(() => training.close());
    const { rows } = await training.until(60);
    expect(rows.some(({ checkup }) => checkup)).toBe(!unwatched);
    return training.state();
  };
  expect(await trained(false)).toEqual(await trained(true));
});
