/** Runs from start to end, with real sessions in real processes. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Api } from "../../../main/api/api.ts";
import { openApi } from "../../../main/api/open.ts";
import { nodeSessionHost } from "../../../main/api/sessions/node-host.ts";
import type { SessionHost, SessionProcess } from "../../../main/api/sessions/host.ts";
import { createClient, type Client } from "../../../main/contract/client.ts";
import type { RunStatus, RunSummary } from "../../../main/contract/runs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { smallSpecification } from "../../support/small-specification.ts";

const engine = "wasm";

/** A host that hands its processes to the test, so that it can end them. */
function watchedHost(): { host: SessionHost; processes: SessionProcess[] } {
  const inner = nodeSessionHost();
  const processes: SessionProcess[] = [];
  return {
    processes,
    host: {
      start() {
        const process = inner.start();
        processes.push(process);
        return process;
      },
    },
  };
}

async function open(home = temporaryFolder(), sessions?: SessionHost) {
  const api = await openApi({ home, restarts: 0, ...(sessions && { sessions }) });
  onTestFinished(() => api.close());
  return { api, home, client: createClient(api) };
}

/** Resolves when the run has this status. */
function until(api: Api, id: string, ...statuses: RunStatus[]): Promise<RunSummary> {
  return new Promise((resolve) => {
    const stop = api.subscribe("run.changed", (run) => {
      if (run.id !== id || !statuses.includes(run.status)) return;
      stop();
      resolve(run);
    });
  });
}

async function finish(api: Api, client: Client, loop = {}): Promise<RunSummary> {
  const run = await client.runs.start({ specification: smallSpecification(loop), engine });
  return until(api, run.id, "finished", "failed");
}

const checkpointBytes = (home: string, id: string, step: number) =>
  readFileSync(
    join(home, "runs", id, "checkpoints", `step-${step.toString().padStart(9, "0")}.safetensors`),
  );

describe("a run", () => {
  it("trains to its end and keeps its measurements, samples and checkpoints", async () => {
    const { api, client } = await open();
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
    const first = await open(home);
    const run = await finish(first.api, first.client);
    const before = await first.client.runs.get({ id: run.id });
    await first.api.close();
    const { client } = await open(home);
    expect(await client.runs.get({ id: run.id })).toEqual(before);
    expect((await client.runs.list({})).runs).toEqual([before.run]);
  });

  it("pauses, saves, continues and stops when asked to", async () => {
    const { api, client } = await open();
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
    const { api, home, client } = await open();
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
    const { api, client } = await open();
    const { id } = await finish(api, client, { epochs: 1 });
    await client.runs.resume({ id, steps: 10, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({ step: 10, epochs: 3 });
  });

  it("without a checkpoint starts over", async () => {
    const { host, processes } = watchedHost();
    const { api, client } = await open(undefined, host);
    const { id } = await client.runs.start({ specification: smallSpecification(), engine });
    processes[0]?.kill();
    expect(await until(api, id, "failed", "finished")).toMatchObject({ status: "failed", step: 0 });
    await client.runs.resume({ id, engine });
    expect(await until(api, id, "finished", "failed")).toMatchObject({ step: 8 });
  });

  it("whose process is killed fails with the reason and can be resumed", async () => {
    const { host, processes } = watchedHost();
    const { api, client } = await open(undefined, host);
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
    const { api, client } = await open();
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
    const { api, client } = await open();
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
    const { api, home, client } = await open();
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
    const { api, home, client } = await open();
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
    const first = await open(home);
    const run = await finish(first.api, first.client);
    const before = await first.client.runs.get({ id: run.id });
    const measured = await first.client.runs.measurements({ id: run.id });
    await first.api.close();
    writeFileSync(join(home, "studio.db"), "no database");
    const { api, client } = await open(home);
    expect(api.notices[0]).toMatch(/The list of runs was damaged.*1 run\./);
    expect(await client.system.notices({})).toEqual({ notices: [...api.notices] });
    expect(await client.runs.get({ id: run.id })).toEqual(before);
    expect(await client.runs.measurements({ id: run.id })).toEqual(measured);
    await client.runs.resume({ id: run.id, epochs: 3, engine });
    expect(await until(api, run.id, "finished", "failed")).toMatchObject({ step: 12 });
  });

  it("gives the same new images for the same seed", async () => {
    const { api, client } = await open();
    const { id } = await finish(api, client);
    const first = await client.runs.generate({ id, count: 3, seed: 5 });
    expect(first).toMatchObject({ count: 3, height: 28, width: 28, channels: 1 });
    expect(first.pixels.length).toBe(3 * 28 * 28);
    expect(await client.runs.generate({ id, count: 3, seed: 5 })).toEqual(first);
    expect((await client.runs.generate({ id, count: 3, seed: 6 })).pixels).not.toEqual(
      first.pixels,
    );
    await expect(client.runs.generate({ id, epoch: 9, count: 1, seed: 1 })).rejects.toMatchObject({
      code: "run.nocheckpoint",
    });
  });
});

describe("what cannot be", () => {
  it("is refused before there is a run", async () => {
    const { client } = await open();
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
    const { api, client } = await open();
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
