/** Runs from start to end, with real sessions in real processes. */
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { checkpointBytes, engine, finish, openHistory, until, watchedHost } from "./whole-runs.ts";

describe("a run", () => {
  it("trains to its end and keeps its measurements, samples and checkpoints", async () => {
    const { api, client } = await openHistory();
    const run = await finish(api, client);
    expect(run).toMatchObject({ status: "finished", reason: null, epoch: 2, step: 8, engine });
    expect(run.losses?.generator).toBeGreaterThan(0);
    const { samples, checkpoints, events } = await client.runs.get({ id: run.id });
    expect(samples.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 0],
      [4, 1],
      [8, 2],
    ]);
    expect(checkpoints.map(({ step }) => step)).toEqual([4, 8]);
    expect(events.map(({ kind }) => kind)).toEqual(["started", "ready", "finished"]);
    const measurements = await client.runs.measurements({ id: run.id });
    expect(measurements.steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(measurements.values.lossDiscriminator.every(Number.isFinite)).toBe(true);
    const { png } = await client.runs.sampleImage({ id: run.id, step: 8 });
    expect([...png.subarray(1, 4)]).toEqual([...Buffer.from("PNG")]);
  });

  it("is as it was when the history is opened again", async () => {
    const home = temporaryFolder();
    const first = await openHistory(home);
    const run = await finish(first.api, first.client);
    const before = await first.client.runs.get({ id: run.id });
    await first.api.close();
    const { client } = await openHistory(home);
    expect(await client.runs.get({ id: run.id })).toEqual(before);
    expect((await client.runs.list({})).runs).toEqual([before.run]);
  });

  it("pauses, saves, continues and stops when asked to", async () => {
    const { api, client } = await openHistory();
    const { id } = await client.runs.start({
      specification: smallSpecification({ epochs: 10_000 }),
      engine,
    });
    await until(api, id, "running");
    expect((await client.runs.pause({ id })).status).toBe("paused");
    const still = (await client.runs.measurements({ id })).steps.length;
    await client.runs.save({ id });
    expect((await client.runs.measurements({ id })).steps.length).toBe(still);
    const paused = await client.runs.get({ id });
    expect(paused.checkpoints.at(-1)?.step ?? 0).toBe(paused.run.step);
    expect((await client.runs.continue({ id })).status).toBe("running");
    const stopped = await client.runs.stop({ id });
    expect(stopped.status).toBe("stopped");
    expect(stopped.step).toBeGreaterThan(0);
    const { checkpoints } = await client.runs.get({ id });
    expect(checkpoints.at(-1)?.step).toBe(stopped.step);
  });

  it("that was stopped and resumed ends in the same bytes as one that was not", async () => {
    const { api, home, client } = await openHistory();
    const whole = await finish(api, client, { epochs: 4 });
    const { id } = await client.runs.start({
      specification: smallSpecification({ epochs: 4, steps: 6 }),
      engine,
    });
    expect(await until(api, id, "finished")).toMatchObject({ step: 6, epoch: 1 });
    const resumed = client.runs.resume({ id, epochs: 4, engine });
    await resumed;
    expect(await until(api, id, "finished", "failed")).toMatchObject({ step: 16, epoch: 4 });
    const tensorsOf = (run: string) => {
      const bytes = checkpointBytes(home, run, 16);
      return bytes.subarray(8 + Number(bytes.readBigUInt64LE(0)));
    };
    expect(tensorsOf(id).equals(tensorsOf(whole.id))).toBe(true);
    const [a, b] = await Promise.all(
      [id, whole.id].map((run) => client.runs.measurements({ id: run })),
    );
    expect(a).toEqual(b);
  });

  it("that reached its steps goes on for as many epochs as more steps need", async () => {
    const { api, client } = await openHistory();
    const { id } = await finish(api, client, { epochs: 1 });
    await client.runs.resume({ id, steps: 10, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({ step: 10, epochs: 3 });
  });

  it("without a checkpoint starts over", async () => {
    const { host, processes } = watchedHost();
    const { api, client } = await openHistory(undefined, host);
    const { id } = await client.runs.start({ specification: smallSpecification(), engine });
    processes[0]?.kill();
    expect(await until(api, id, "failed", "finished")).toMatchObject({ status: "failed", step: 0 });
    await client.runs.resume({ id, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({ step: 8 });
  });

  it("gives the same new images for the same seed", async () => {
    const { api, client } = await openHistory();
    const { id } = await finish(api, client);
    const first = await client.runs.generate({ id, count: 3, seed: 5 });
    expect(first).toMatchObject({ count: 3, height: 28, width: 28, channels: 1 });
    expect(first.pixels.length).toBe(3 * 28 * 28);
    expect(await client.runs.generate({ id, count: 3, seed: 5 })).toEqual(first);
    const other = await client.runs.generate({ id, count: 3, seed: 6 });
    expect(other.pixels).not.toEqual(first.pixels);
    const later = await client.runs.generate({ id, count: 2, first: 1, seed: 5 });
    expect(later.pixels).toEqual(first.pixels.slice(28 * 28));
    await expect(client.runs.generate({ id, epoch: 9, count: 1, seed: 1 })).rejects.toMatchObject({
      code: "run.nocheckpoint",
    });
  });
});

describe("what cannot be", () => {
  it("is refused before there is a run", async () => {
    const { client } = await openHistory();
    const specification = smallSpecification();
    const refusals: [unknown, string][] = [
      [{ ...specification, seed: -1 }, "spec.invalid"],
      [
        {
          ...specification,
          latent: { size: 8, distribution: "normal" },
          image: { height: 8, width: 8, channels: 1 },
        },
        "spec.shape",
      ],
      [
        {
          ...specification,
          data: { ...specification.data, source: { kind: "digits", count: 3, seed: 1 } },
          loop: { ...specification.loop, lastBatch: "drop" },
        },
        "data.empty",
      ],
      [
        {
          ...specification,
          data: { ...specification.data, source: { kind: "idx", path: "/nowhere/at/all" } },
        },
        "data.missing",
      ],
    ];
    for (const [given, code] of refusals) {
      await expect(client.runs.start({ specification: given, engine })).rejects.toMatchObject({
        code,
      });
    }
    expect((await client.runs.list({})).runs).toEqual([]);
  });

  it("names the run and its state", async () => {
    const { api, client } = await openHistory();
    const { id } = await finish(api, client);
    await expect(client.runs.pause({ id })).rejects.toMatchObject({ code: "run.state" });
    await expect(client.runs.resume({ id, engine })).rejects.toThrow(
      /is finished \(epoch 2, step 8\)/,
    );
    await expect(client.runs.get({ id: "nobody" })).rejects.toMatchObject({ code: "run.unknown" });
    await expect(api.dispatch("runs.get", { id: "../x" })).rejects.toMatchObject({ code: "usage" });
    await expect(api.dispatch("runs.explode", {})).rejects.toMatchObject({ code: "usage" });
    await expect(api.dispatch("toString", {})).rejects.toMatchObject({ code: "usage" });
  });
});
