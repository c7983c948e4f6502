/** Forks, with runs that are really trained. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { engines } from "../../../support/engines.ts";
import { openReal, tangledSpecification, tensorsOf, type Mode } from "./real-runs.ts";

const wasm: Mode = { engine: "wasm" };

for (const { name, title, missing } of engines) {
  const modes = name === "wasm" ? [{}] : [{}, { eager: true }];
  for (const mode of modes) {
    describe.skipIf(missing)(`an unchanged fork, ${title}${mode.eager ? ", eager" : ""}`, () => {
      it("gives its parent's numbers bit for bit, whatever was changed live before", async () => {
        const { client, home, finished, pausedAfter } = await openReal();
        // Five batches: with k = 2, two steps an epoch and one batch left over.
        const parent = await pausedAfter(3, tangledSpecification(), { engine: name, ...mode });
        await client.runs.set({ id: parent, learningRates: { generator: 0.0003 } });
        await client.runs.set({ id: parent, discriminatorSteps: 2 });
        await finished(() => client.runs.continue({ id: parent }));
        const whole = await client.runs.measurements({ id: parent });
        expect(whole.steps.at(-1)).toBe(11);

        const child = await finished(() => client.runs.fork({ id: parent, epoch: 2 }));
        expect(await client.runs.measurements({ id: child })).toEqual(whole);
        for (const step of [9, 11])
          expect(tensorsOf(home, child, step)).toEqual(tensorsOf(home, parent, step));
        const { run, samples, specification } = await client.runs.get({ id: child });
        expect(run).toMatchObject({
          epoch: 4,
          step: 11,
          parent: { run: parent, step: 7, epoch: 2 },
        });
        expect(samples).toEqual((await client.runs.get({ id: parent })).samples);
        expect(specification.loop.discriminatorSteps).toBe(2);
        expect(specification.optimizers.generator.learningRate).toBe(0.0003);
      });
    });
  }
}

describe("a fork with other settings", () => {
  it("shares the past, goes its own way, and resumes exactly", async () => {
    const { client, home, train, finished } = await openReal();
    const parent = await train(tangledSpecification(), wasm);
    const past = await client.runs.measurements({ id: parent, before: 11 });
    const own = tangledSpecification({ batchSize: 8, discriminatorSteps: 3 });
    const specification = {
      ...own,
      optimizers: {
        ...own.optimizers,
        generator: { ...own.optimizers.generator, learningRate: 0.01 },
      },
      data: { ...own.data, source: { kind: "digits", count: 100, seed: 2 } },
    };
    const forked = () => client.runs.fork({ id: parent, epoch: 2, specification, name: "Bold" });
    const child = await finished(forked);
    const measured = await client.runs.measurements({ id: child });
    // 13 batches of 8: four steps an epoch after the ten that are shared.
    expect(measured.steps).toEqual(Array.from({ length: 18 }, (_, index) => index + 1));
    expect(await client.runs.measurements({ id: child, before: 11 })).toEqual(past);
    expect(measured.values.learningRateGenerator.slice(9, 11)).toEqual([
      past.values.learningRateGenerator[9],
      0.01,
    ]);
    const detail = await client.runs.get({ id: child });
    expect(detail.run).toMatchObject({ name: "Bold", epoch: 4, step: 18 });
    expect(detail.samples.map(({ step, epoch }) => [step, epoch])).toEqual([
      ...[
        [0, 0],
        [5, 1],
        [10, 2],
      ],
      ...[
        [14, 3],
        [18, 4],
      ],
    ]);

    const { id: again } = await forked();
    await client.runs.pause({ id: again });
    let { step } = (await client.runs.get({ id: again })).run;
    for (; step < 16;) [step = 16] = (await client.runs.step({ id: again })).steps;
    await client.runs.stop({ id: again });
    await finished(() => client.runs.resume({ id: again, engine: "wasm" }));
    expect(await client.runs.measurements({ id: again })).toEqual(measured);
    expect(tensorsOf(home, again, 18)).toEqual(tensorsOf(home, child, 18));
  });

  it("refuses, naming the field, what does not fit its parent's state", async () => {
    const { client, train, home } = await openReal();
    const parent = await train(tangledSpecification({ epochs: 2 }), wasm);
    const { specification: own, checkpoints } = await client.runs.get({ id: parent });
    const fork = (changes: object, epoch?: number) =>
      client.runs.fork({
        id: parent,
        specification: { ...own, ...changes },
        ...(epoch !== undefined && { epoch }),
      });
    const refused: [object, RegExp][] = [
      [{ latent: { ...own.latent, size: 9 } }, /^latent\.size: /],
      [{ latent: { ...own.latent, distribution: "uniform" } }, /^latent\.distribution: /],
      [
        {
          discriminator: {
            layers: own.discriminator.layers
              .slice(0, -1)
              .concat(own.discriminator.layers.slice(-1), own.discriminator.layers.slice(-1)),
          },
        },
        /^discriminator\.layers/,
      ],
      [
        {
          optimizers: {
            ...own.optimizers,
            generator: {
              ...{ kind: "sgd", learningRate: 0.1, momentum: 0, nesterov: false },
              schedule: { kind: "constant" },
            },
          },
        },
        /^optimizers\.generator\.kind: /,
      ],
      [{ generatorAverage: null }, /^generatorAverage: /],
      [{ seed: 77 }, /^seed: /],
      [{ outputs: { ...own.outputs, fixedSamples: 9 } }, /^outputs\.fixedSamples: /],
      [{}, /^loop\.epochs: 2 in all/],
    ];
    for (const [changes, message] of refused)
      await expect.soft(fork(changes)).rejects.toMatchObject({
        code: "spec.invalid",
        message: expect.stringMatching(message) as string,
      });
    await expect(fork({}, 3)).rejects.toMatchObject({ code: "run.nocheckpoint" });
    const file = join(home, "runs", parent, "checkpoints");
    expect(checkpoints.length).toBeGreaterThan(1);
    expect((await client.runs.list({})).total).toBe(1);
    await rm(file, { recursive: true });
    await expect(fork({ loop: { ...own.loop, epochs: 3 } })).rejects.toMatchObject({
      code: "checkpoint.damaged",
    });
  });

  it("comes of a run that lacks a sheet, but of none that lacks the checkpoint, and leaves nothing then", async () => {
    const { client, home, train, finished } = await openReal();
    const parent = await train(tangledSpecification({ epochs: 2 }), wasm);
    const { samples, checkpoints } = await client.runs.get({ id: parent });
    const nameOf = (step: number) => `step-${step.toString().padStart(9, "0")}`;
    const own = join(home, "runs", parent);
    rmSync(join(own, "samples", `${nameOf(samples[0]!.step)}.png`));
    const longer = tangledSpecification({ epochs: 3 });
    const child = await finished(() => client.runs.fork({ id: parent, specification: longer }));
    rmSync(join(own, "checkpoints", `${nameOf(checkpoints.at(-1)!.step)}.safetensors`));
    await expect(client.runs.fork({ id: parent, specification: longer })).rejects.toMatchObject({
      code: "checkpoint.damaged",
    });
    expect(readdirSync(join(home, "runs")).sort()).toEqual([parent, child].sort());
    expect(readdirSync(join(home, "arrivals"))).toEqual([]);
  });

  it("stays whole when its parent is deleted for good", async () => {
    const { client, train, finished, home } = await openReal();
    const parent = await train(tangledSpecification({ epochs: 2 }), wasm);
    const child = await finished(() => client.runs.fork({ id: parent, epoch: 1 }));
    const before = await client.runs.measurements({ id: child });
    await client.runs.delete({ id: parent });
    await rm(join(home, "bin", parent), { recursive: true });
    expect(existsSync(join(home, "runs", parent))).toBe(false);
    expect(await client.runs.measurements({ id: child })).toEqual(before);
    const { samples, run } = await client.runs.get({ id: child });
    expect(run.parent).toEqual({ run: parent, step: 5, epoch: 1 });
    for (const { step } of samples)
      expect((await client.runs.sampleImage({ id: child, step })).png.length).toBeGreaterThan(100);
    const grandchild = await finished(() => client.runs.fork({ id: child, epoch: 1 }));
    expect(await client.runs.measurements({ id: grandchild })).toEqual(before);
  });
});
