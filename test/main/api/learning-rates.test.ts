/** Learning rates that change while a run trains, with real sessions in real processes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import type { Api } from "../../../main/api/api.ts";
import { openApi } from "../../../main/api/open.ts";
import type { SessionProcess } from "../../../main/api/sessions/host.ts";
import { nodeSessionHost } from "../../../main/api/sessions/node-host.ts";
import { createClient } from "../../../main/contract/client.ts";
import type { RunStatus } from "../../../main/contract/runs.ts";
import { decodeSafetensors } from "../../../main/files/safetensors.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const engine = "wasm";

async function open() {
  const home = temporaryFolder();
  const inner = nodeSessionHost();
  const processes: SessionProcess[] = [];
  const start = () => {
    const process = inner.start();
    processes.push(process);
    return process;
  };
  const api = await openApi({ home, sessions: { start }, restarts: 0 });
  onTestFinished(() => api.close());
  const client = createClient(api);
  /** A run of four epochs of four steps, paused after `steps` of them. */
  const pausedAfter = async (steps: number) => {
    const specification = smallSpecification({ epochs: 4 });
    const { id } = await client.runs.start({ specification, engine });
    await client.runs.pause({ id });
    for (let step = 1; step <= steps; step++) {
      expect((await client.runs.step({ id })).steps).toEqual([step]);
    }
    return id;
  };
  const interrupt = async (id: string) => {
    const over = until(api, id, "failed");
    processes.at(-1)?.kill();
    await over;
  };
  return { api, client, home, pausedAfter, interrupt };
}

function until(api: Api, id: string, ...statuses: RunStatus[]): Promise<RunStatus> {
  return new Promise((resolve) => {
    const stop = api.subscribe("run.changed", (run) => {
      if (run.id !== id || !statuses.includes(run.status)) return;
      stop();
      resolve(run.status);
    });
  });
}

function checkpointOf(home: string, id: string, step: number) {
  const name = `step-${step.toString().padStart(9, "0")}.safetensors`;
  const path = join(home, "runs", id, "checkpoints", name);
  return decodeSafetensors(readFileSync(path), path);
}

const learningRates = { generator: 0.003, discriminator: 0.0007 };

describe("a learning rate that is changed at step 5", () => {
  it("gives the same numbers without an interruption and with one before or after a checkpoint", async () => {
    const { api, client, home, pausedAfter, interrupt } = await open();
    const finish = async (id: string, go: () => Promise<unknown>) => {
      const over = until(api, id, "finished", "failed");
      await go();
      expect(await over).toBe("finished");
    };
    const train = async (interruptedAfter: number | null) => {
      const id = await pausedAfter(4);
      await client.runs.set({ id, learningRates });
      if (interruptedAfter === null) {
        await finish(id, () => client.runs.continue({ id }));
        return id;
      }
      for (let step = 5; step <= interruptedAfter; step++) await client.runs.step({ id });
      await interrupt(id);
      await finish(id, () => client.runs.resume({ id, engine }));
      return id;
    };
    const whole = await train(null);
    const expected = checkpointOf(home, whole, 16);
    const measured = await client.runs.measurements({ id: whole });
    expect(measured.values.learningRateGenerator[3]).not.toBe(0.003);
    expect(measured.values.learningRateGenerator[4]).toBe(0.003);
    // The checkpoints at steps 4 and 8 stand before and after the change.
    for (const step of [6, 9]) {
      const id = await train(step);
      const { tensors, metadata } = checkpointOf(home, id, 16);
      expect(tensors).toEqual(expected.tensors);
      expect(JSON.parse(metadata.learningRates ?? "")).toEqual(learningRates);
      expect(await client.runs.measurements({ id })).toEqual(measured);
    }
  });

  it("is an event with the step from which it holds", async () => {
    const { client, pausedAfter } = await open();
    const id = await pausedAfter(4);
    await client.runs.set({ id, learningRates: { generator: 0.003 } });
    const { events } = await client.runs.get({ id });
    expect(events.at(-1)).toMatchObject({
      ...{ kind: "learning rates", step: 5, detail: "generator 0.003" },
    });
  });
});

describe("a learning rate of an ended run", () => {
  it("holds from where it is resumed, also in place of what led it astray", async () => {
    const { api, client, pausedAfter } = await open();
    const id = await pausedAfter(4);
    await client.runs.set({ id, learningRates: { discriminator: 0.5 } });
    await client.runs.stop({ id });
    await client.runs.set({ id, learningRates: { discriminator: 0.0007 } });
    const over = until(api, id, "finished", "failed");
    await client.runs.resume({ id, engine });
    expect(await over).toBe("finished");
    const { steps, values } = await client.runs.measurements({ id });
    const used = values.learningRateDiscriminator;
    expect(used[steps.indexOf(4)]).not.toBe(0.0007);
    expect(used.slice(steps.indexOf(5)).every((rate) => rate === 0.0007)).toBe(true);
  });
});

it("a rate below zero, or none at all, is refused, and so is a run that does not exist", async () => {
  const { client } = await open();
  const set = (rates: object) => client.runs.set({ id: "none", learningRates: rates });
  await expect(set({ generator: -1 })).rejects.toMatchObject({ code: "usage" });
  await expect(set({})).rejects.toMatchObject({ code: "usage" });
  await expect(set({ generator: 1 })).rejects.toMatchObject({ code: "run.unknown" });
});

describe("a single step", () => {
  it("is done by a paused run only, and is measured also out of its turn", async () => {
    const { client, pausedAfter } = await open();
    const id = await pausedAfter(2);
    expect((await client.runs.get({ id })).run.status).toBe("paused");
    expect((await client.runs.measurements({ id })).steps).toEqual([1, 2]);
    await client.runs.continue({ id });
    await expect(client.runs.step({ id })).rejects.toMatchObject({ code: "run.state" });
  });

  it("that closes the run finishes it", async () => {
    const { api, client } = await open();
    const specification = smallSpecification({ epochs: 4, steps: 2 });
    const { id } = await client.runs.start({ specification, engine });
    await client.runs.pause({ id });
    const over = until(api, id, "finished", "failed");
    await client.runs.step({ id });
    expect((await client.runs.step({ id })).steps).toEqual([2]);
    expect(await over).toBe("finished");
  });
});
