import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import type { Trainer } from "../../../main/engine/trainer.ts";
import { firstRates } from "../../../main/spec/learning-rates.ts";
import { createControl } from "../../../main/training/control.ts";
import { createCourse } from "../../../main/training/course.ts";
import { trainingLoop } from "../../../main/training/loop.ts";
import type { FromSession } from "../../../main/training/messages.ts";
import { createRates } from "../../../main/training/rates.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const images = 64;
const stepsPerEpoch = 4;

/** A loop whose steps are made up: `at` is called with the number of each before it is done. */
function open(at: (step: number, weights: Float32Array) => void, stopWhenDiverged = true) {
  const specification = smallSpecification({ stopWhenDiverged });
  const gan = buildGan(specification);
  const folder = temporaryFolder();
  for (const name of ["checkpoints", "samples"]) mkdirSync(join(folder, name));
  const state = initialState(gan);
  const weights = Object.values(state)[0]!.values;
  const step: Trainer["step"] = ({ step: number }) => {
    at(number, weights);
    return Promise.resolve({
      ...{ lossGenerator: 0.7, lossDiscriminator: 1.3, scoreReal: 0.5, scoreGenerated: 0.5 },
      ...{ gradientNormGenerator: 1, gradientNormDiscriminator: 1 },
    });
  };
  const trainer: Trainer = {
    ...{ mode: "eager", step, quickStep: step, read: () => Promise.resolve(state) },
    generate: (_, count) => Promise.resolve(new Float32Array(count * 784)),
    dispose: () => undefined,
  };
  const told: FromSession[] = [];
  const control = createControl();
  const course = createCourse(specification, images, {});
  const rates = createRates(specification.optimizers, firstRates(specification.optimizers), []);
  const run = trainingLoop(
    {
      ...{ gan, folder, images, control, course, rates, checkups: null },
      trainerFor: () => Promise.resolve(trainer),
      feed: () => Promise.resolve({ batches: [] }),
      send: (message) => told.push(message),
      now: () => performance.now(),
    },
    0,
  );
  const commits = () =>
    told.flatMap((message) => (message.type === "commit" ? message.commit : []));
  return { run, told, control, commits };
}

it("tells of an epoch that was being written when a step after it fails", async () => {
  const failure = new Error("out of memory");
  const { run, commits } = open((step) => {
    if (step === stepsPerEpoch + 1) throw failure;
  });
  await expect(run).rejects.toBe(failure);
  const last = commits().at(-1);
  expect(last).toMatchObject({ step: 4, epoch: 1 });
  expect(last?.checkpoint).toMatchObject({ step: 4 });
  expect(last?.measurements.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
});

it("keeps what was measured when a state, but no loss, is not finite", async () => {
  const { run, commits } = open((step, weights) => {
    if (step === stepsPerEpoch) weights[0] = Infinity;
  });
  await expect(run).rejects.toMatchObject({ code: "run.diverged" });
  const last = commits().at(-1);
  expect(last).toMatchObject({ step: 4, samples: [], checkpoint: null });
  expect(last?.measurements.map(({ step }) => step)).toEqual([1, 2, 3, 4]);
});

it("says so when a save kept nothing, and stores the end of such a run once", async () => {
  const { run, told, control, commits } = open((step, weights) => {
    if (step === 2) {
      weights[0] = NaN;
      control.save();
    }
  }, false);
  expect(await run).toBe("finished");
  expect(told).toContainEqual({ type: "saved", step: 2, isKept: false });
  expect(commits().map(({ step }) => step)).toEqual([0, 2, 4, 8]);
  expect(commits().every(({ checkpoint }) => checkpoint === null)).toBe(true);
});

it("says that a save kept the state, also where an epoch's end had kept it", async () => {
  const { run, told, control } = open((step) => {
    if (step === 2) control.save();
  });
  expect(await run).toBe("finished");
  expect(told).toContainEqual({ type: "saved", step: 2, isKept: true });
});
