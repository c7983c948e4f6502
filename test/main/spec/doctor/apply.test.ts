import { expect, test } from "vitest";
import { treatmentOf } from "../../../../main/spec/doctor/apply.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import type { Specification } from "../../../../main/spec/specification.ts";

const { specification } = presetOf("dcgan-bce");
const places = [1, 2, 3].map((epoch) => ({ epoch, step: epoch * 157 }));
const run = { specification, events: [], places };
const patch = { optimizers: { discriminator: { learningRate: 2e-5 } } };
const found = { id: "mode-collapse" } as const;
const fork = { patch, by: "fork" } as const;
const loopOf = ({ specification: changed }: { specification: unknown }) =>
  (changed as Specification).loop;

test("a fork leaves where the run was well, as far as a checkpoint of that time is kept", () => {
  expect(treatmentOf(run, { ...found, since: 400 }, fork)).toMatchObject({ by: "fork", epoch: 2 });
  expect(treatmentOf(run, { ...found, since: 314 }, fork)).toMatchObject({ by: "fork", epoch: 2 });
  expect(treatmentOf(run, { ...found, since: 20 }, fork)).toMatchObject({ by: "fork", epoch: 1 });
});

test("without a checkpoint, or for other weights, a new run is started", () => {
  const started = { by: "start", specification: { optimizers: patch.optimizers } };
  expect(treatmentOf({ ...run, places: [] }, { ...found, since: 400 }, fork)).toMatchObject(
    started,
  );
  expect(treatmentOf(run, { ...found, since: 400 }, { patch, by: "start" })).toMatchObject(started);
});

test.each(["divergence", "discriminator-strong"] as const)(
  "weights that %s has spoilt are not gone on from",
  (id) => {
    const treated = (since: number) => treatmentOf(run, { id, since }, fork);
    expect(treated(420)).toMatchObject({ by: "fork", epoch: 2 });
    expect(treated(400)).toMatchObject({ by: "fork", epoch: 1 });
    expect(treated(200)).toMatchObject({ by: "start" });
  },
);

test("a run that was at its end gets more epochs, and no limit of steps that lies behind", () => {
  const short = { ...specification, loop: { ...specification.loop, epochs: 3, steps: 400 } };
  const treatment = treatmentOf({ ...run, specification: short }, { ...found, since: 471 }, fork);
  expect(loopOf(treatment)).toMatchObject({ epochs: 8, steps: null });
  const early = treatmentOf({ ...run, specification: short }, { ...found, since: 200 }, fork);
  expect(loopOf(early)).toMatchObject({ epochs: 3, steps: 400 });
});

test("what was changed while the run trained is kept", () => {
  const events = [{ step: 100, kind: "learning rates", detail: "generator 0.001" }];
  const { specification: changed } = treatmentOf(
    { ...run, events },
    { ...found, since: 400 },
    fork,
  );
  expect(changed).toMatchObject({
    optimizers: { generator: { learningRate: 0.001 }, discriminator: { learningRate: 2e-5 } },
  });
});
