/** Discriminator updates a step that change while a run trains, with runs that are really trained. */
import { describe, expect, it } from "vitest";
import { tensorflowMissing, tensorflowTitle } from "../../../support/tensorflow.ts";
import { openReal, tangledSpecification, tensorsOf, type Mode } from "./real-runs.ts";

const wasm: Mode = { engine: "wasm" };

describe("discriminator updates a step that are changed", () => {
  it("hold from the next epoch on, and the same after an interruption before or after that", async () => {
    const { client, home, finished, pausedAfter } = await openReal();
    // 72 images, 5 batches: 5 steps an epoch with k = 1, two with k = 2.
    const train = async (stoppedAfter: number | null) => {
      const id = await pausedAfter(3, tangledSpecification(), wasm);
      await client.runs.set({ id, discriminatorSteps: 2 });
      if (stoppedAfter === null) return finished(() => client.runs.continue({ id }));
      for (let step = 3; step < stoppedAfter;) [step = 99] = (await client.runs.step({ id })).steps;
      await client.runs.stop({ id });
      return finished(() => client.runs.resume({ id, engine: "wasm" }));
    };
    const whole = await train(null);
    const { events, samples, run } = await client.runs.get({ id: whole });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "discriminator steps", step: 6, detail: "2 a step" }),
    );
    expect(samples.map(({ step }) => step)).toEqual([0, 5, 7, 9, 11]);
    expect(run).toMatchObject({ epoch: 4, step: 11 });
    const measured = await client.runs.measurements({ id: whole });
    for (const step of [4, 6]) {
      const id = await train(step);
      expect(await client.runs.measurements({ id })).toEqual(measured);
      expect(tensorsOf(home, id, 11)).toEqual(tensorsOf(home, whole, 11));
    }
  });

  it("of an ended run hold from the first epoch that it begins again", async () => {
    const { client, finished, pausedAfter } = await openReal();
    const id = await pausedAfter(3, tangledSpecification({ epochs: 2 }), wasm);
    await client.runs.stop({ id });
    await client.runs.set({ id, discriminatorSteps: 5 });
    await finished(() => client.runs.resume({ id, engine: "wasm" }));
    const { run, events } = await client.runs.get({ id });
    expect(run).toMatchObject({ epoch: 2, step: 6 });
    expect(events.find(({ kind }) => kind === "discriminator steps")).toMatchObject({ step: 6 });
  });

  it("are refused where an epoch has too few batches, and change nothing then", async () => {
    const { client, pausedAfter } = await openReal();
    const id = await pausedAfter(1, tangledSpecification(), wasm);
    const set = (discriminatorSteps: number) => client.runs.set({ id, discriminatorSteps });
    await expect(set(6)).rejects.toMatchObject({ code: "data.empty" });
    await expect(set(0)).rejects.toMatchObject({ code: "usage" });
    expect((await client.runs.step({ id })).steps).toEqual([2]);
    const { events } = await client.runs.get({ id });
    expect(events.filter(({ kind }) => kind === "discriminator steps")).toEqual([]);
  });
});

describe.skipIf(tensorflowMissing)(`compiled, ${tensorflowTitle}`, () => {
  it("a run whose step is traced anew gives the numbers of one that is resumed with it", async () => {
    const { client, home, finished, pausedAfter } = await openReal();
    const mode: Mode = { engine: "tensorflow" };
    const live = await pausedAfter(2, tangledSpecification({ epochs: 2 }), mode);
    await client.runs.set({ id: live, discriminatorSteps: 3 });
    await finished(() => client.runs.continue({ id: live }));
    const later = await pausedAfter(5, tangledSpecification({ epochs: 2 }), mode);
    await client.runs.stop({ id: later });
    await client.runs.set({ id: later, discriminatorSteps: 3 });
    await finished(() => client.runs.resume({ id: later, engine: "tensorflow" }));
    expect((await client.runs.get({ id: live })).run).toMatchObject({ step: 6, mode: "compiled" });
    expect(tensorsOf(home, later, 6)).toEqual(tensorsOf(home, live, 6));
  });
});
