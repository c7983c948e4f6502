/** Runs whose process, numbers, files or history are lost on the way, with real sessions. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { engine, finish, openHistory, until, watchedHost } from "./whole-runs.ts";

describe("a run", () => {
  it("whose process is killed fails with the reason and can be resumed", async () => {
    const { host, processes } = watchedHost();
    const { api, client } = await openHistory(undefined, host);
    const { id } = await client.runs.start({
      specification: smallSpecification({ epochs: 10_000 }),
      engine,
    });
    await new Promise<void>((resolve) => {
      const stop = api.subscribe("run.sampled", ({ sample }) => {
        if (sample.epoch < 2) return;
        stop();
        resolve();
      });
    });
    processes[0]?.kill();
    const failed = await until(api, id, "failed");
    expect(failed.reason).toMatch(/^The training process ended: it was killed/);
    expect(failed.code).toBe("session.crashed");
    expect(failed.epoch).toBeGreaterThanOrEqual(2);
    const { epoch } = failed;
    await client.runs.resume({ id, epochs: epoch + 1, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({
      status: "finished",
      epoch: epoch + 1,
    });
  });

  it("that diverges ends with the step and keeps what came before", async () => {
    const { api, client } = await openHistory();
    const specification = smallSpecification();
    specification.optimizers.discriminator.learningRate = 1e38;
    const run = await client.runs.start({ specification, engine });
    const failed = await until(api, run.id, "finished", "failed");
    expect(failed).toMatchObject({ status: "failed", code: "run.diverged" });
    expect(failed.reason).toMatch(/^Training diverged at step \d+/);
    const { steps, values } = await client.runs.measurements({ id: run.id });
    expect(steps.length).toBeGreaterThan(0);
    expect(
      Number.isFinite((values.lossDiscriminator.at(-1) ?? 0) + (values.lossGenerator.at(-1) ?? 0)),
    ).toBe(false);
  });

  it("that diverges goes on where it is asked to, and keeps its last good checkpoint", async () => {
    const { api, client } = await openHistory();
    const { id } = await finish(api, client, { epochs: 1 });
    const specification = smallSpecification({ epochs: 3, stopWhenDiverged: false });
    specification.optimizers.discriminator.learningRate = 1e38;
    const run = await client.runs.start({ specification, engine });
    expect(await until(api, run.id, "finished", "failed")).toMatchObject({
      ...{ status: "finished", step: 12, epoch: 3 },
    });
    const { steps, values } = await client.runs.measurements({ id: run.id });
    expect(steps).toHaveLength(12);
    expect(values.lossDiscriminator.at(-1)).toBeNaN();
    const { checkpoints, samples } = await client.runs.get({ id: run.id });
    expect(checkpoints).toEqual([]);
    expect(samples.map(({ step }) => step)).toEqual([0, 4, 8, 12]);
    expect((await client.runs.get({ id })).bytes).toBeGreaterThan(100_000);
  });

  it("goes on from the checkpoint before when the last one is damaged", async () => {
    const { api, home, client } = await openHistory();
    const { id } = await finish(api, client);
    const file = join(home, "runs", id, "checkpoints", "step-000000008.safetensors");
    writeFileSync(file, readFileSync(file).fill(7, 5000, 5004));
    await client.runs.resume({ id, epochs: 3, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({ epoch: 3, step: 12 });
    const { events } = await client.runs.get({ id });
    expect(events.find(({ kind }) => kind === "resumed")?.detail).toMatch(
      /step 8 is damaged; the run goes on from step 4/,
    );
  });

  it("draws from the checkpoint before when the last one is damaged, and says so", async () => {
    const { api, home, client } = await openHistory();
    const { id } = await finish(api, client);
    const before = await client.runs.generate({ id, epoch: 1, count: 2, seed: 5 });
    const file = join(home, "runs", id, "checkpoints", "step-000000008.safetensors");
    writeFileSync(file, readFileSync(file).subarray(0, 1000));
    const heard: string[] = [];
    api.subscribe("run.event", ({ event }) => heard.push(event.detail));
    expect(await client.runs.generate({ id, count: 2, seed: 5 })).toEqual(before);
    expect(await client.runs.generate({ id, count: 2, seed: 5 })).toEqual(before);
    const sentence = "The checkpoint of step 8 is damaged; what is shown is of step 4.";
    expect(heard).toEqual([sentence, sentence]);
    const { events } = await client.runs.get({ id });
    expect(events.filter(({ kind }) => kind === "checkpoint damaged")).toHaveLength(1);
    const latent = { kind: "new", seed: 1, count: 2, label: null, truncation: null } as const;
    expect(await client.explore.images({ id, latent })).toMatchObject({ step: 4 });
    expect(await client.explore.images({ id, step: 8, latent })).toMatchObject({ step: 4 });
  });

  it("comes back with all that it had when the database is damaged", async () => {
    const home = temporaryFolder();
    const first = await openHistory(home);
    const run = await finish(first.api, first.client);
    const before = await first.client.runs.get({ id: run.id });
    const measured = await first.client.runs.measurements({ id: run.id });
    await first.api.close();
    writeFileSync(join(home, "studio.db"), "no database");
    const { api, client } = await openHistory(home);
    expect(api.notices[0]).toMatch(/The list of runs was damaged.*1 run\./);
    expect(await client.system.notices({})).toEqual({ notices: [...api.notices] });
    expect(await client.runs.get({ id: run.id })).toEqual(before);
    expect(await client.runs.measurements({ id: run.id })).toEqual(measured);
    await client.runs.resume({ id: run.id, epochs: 3, engine });
    expect(await until(api, run.id, "finished", "failed")).toMatchObject({ step: 12 });
  });
});
