/** Evaluations through the api, with sessions that a test plays by hand. */
import { writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import type { Events } from "../../../../main/contract/events.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import type { EvaluateJob } from "../../../../main/training/evaluate-messages.ts";
import { evaluationExample } from "../../../support/evaluation.ts";
import {
  closePlayed,
  commitAt,
  fakeHost,
  ready,
  type FakeSession,
} from "../../../support/fake-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

const checkpoint = (epoch: number) => ({
  ...{ step: epoch * 4, epoch, bytes: 1, sha256: "a".repeat(64) },
  file: `checkpoints/step-${(epoch * 4).toString().padStart(9, "0")}.safetensors`,
});

const closing = (epoch: number) => commitAt(epoch * 4, { epoch, checkpoint: checkpoint(epoch) });

const jobOf = ({ received }: FakeSession): EvaluateJob | null => {
  const [first] = received;
  return first?.type === "start" && first.job.kind === "evaluate" ? first.job : null;
};

async function open(outputs: Partial<Specification["outputs"]> = {}) {
  const { host, sessions } = fakeHost();
  const api = await openApi({ home: temporaryFolder(), sessions: host });
  onTestFinished(() => closePlayed(api, sessions));
  const client = createClient(api);
  const small = smallSpecification({ epochs: 50 });
  const specification = { ...small, outputs: { ...small.outputs, ...outputs } };
  const { id } = await client.runs.start({ specification, engine: "wasm" });
  const training = sessions.at(-1)!;
  training.say(ready);
  /** The next session that evaluates. */
  const evaluating = async (place: number) => {
    const found = () => sessions.filter((session) => jobOf(session))[place];
    await vi.waitFor(() => {
      expect(found()).toBeDefined();
    }, 15_000);
    return { session: found()!, job: jobOf(found()!)! };
  };
  const answer = async (place: number, frechetDistance: number) => {
    const { session, job } = await evaluating(place);
    for (const { epoch } of job.checkpoints) {
      session.say({ type: "measured", evaluation: evaluationExample(epoch, frechetDistance) });
    }
    session.say({ type: "evaluated" });
    return job;
  };
  return { api, client, id, training, sessions, evaluating, answer };
}

describe("an evaluation that is asked for", () => {
  it("looks at the checkpoint of an epoch, is stored, announced and listed", async () => {
    const { api, client, id, training, answer } = await open();
    for (const epoch of [1, 2]) training.say(closing(epoch));
    const told: Events["run.evaluated"][] = [];
    api.subscribe("run.evaluated", (event) => told.push(event));
    const asked = client.runs.evaluate({ id, epoch: 1, count: 500, seed: 3 });
    const job = await answer(0, 7);
    expect(job).toMatchObject({ count: 500, seed: 3, features: null, background: true });
    expect(job.checkpoints).toEqual([expect.objectContaining({ step: 4, epoch: 1 })]);
    expect(job.checkpoints[0]?.path).toContain("step-000000004");
    expect((await asked).evaluations).toEqual([evaluationExample(1, 7)]);
    expect(told).toEqual([{ id, evaluation: evaluationExample(1, 7) }]);
    expect(await client.runs.evaluations({ id })).toEqual({
      evaluations: [evaluationExample(1, 7)],
    });
  });

  it("compares with other images where they are named, and leaves the run its own", async () => {
    const { client, id, training, answer } = await open();
    training.say(closing(1));
    const data = { kind: "idx", path: "/other/mnist" } as const;
    const asked = client.runs.evaluate({ id, epoch: 1, data });
    const { specification } = await answer(0, 7);
    expect(specification.data.source).toEqual(data);
    await asked;
    expect((await client.runs.get({ id })).specification.data.source.kind).toBe("digits");
  });

  it("of all looks at every epoch that has a checkpoint", async () => {
    const { client, id, training, answer } = await open();
    for (const epoch of [1, 2, 3]) training.say(closing(epoch));
    const asked = client.runs.evaluate({ id, all: true, features: "/features.onnx" });
    const job = await answer(0, 7);
    expect(job.features).toBe("/features.onnx");
    expect(job.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect((await asked).evaluations).toHaveLength(3);
  });

  it("tells how far it is, and keeps what was done when it is called off", async () => {
    const { api, client, id, training, evaluating } = await open();
    for (const epoch of [1, 2]) training.say(closing(epoch));
    const progress: Events["run.evaluating"][] = [];
    api.subscribe("run.evaluating", (event) => progress.push(event));
    const asked = client.runs.evaluate({ id, all: true });
    const refused = expect(asked).rejects.toMatchObject({ code: "evaluation.cancelled" });
    const { session } = await evaluating(0);
    const at = { stage: "generating", done: 1, total: 2, checkpoint: 1, checkpoints: 2 } as const;
    session.say({ type: "evaluating", progress: at });
    session.say({ type: "measured", evaluation: evaluationExample(1, 7) });
    expect(await client.runs.cancelEvaluation({ id })).toEqual({ cancelled: true });
    await refused;
    expect(progress).toEqual([{ id, ...at }]);
    expect((await client.runs.evaluations({ id })).evaluations).toHaveLength(1);
    expect(await client.runs.cancelEvaluation({ id })).toEqual({ cancelled: false });
  });

  it("is called off when its run is deleted", async () => {
    const { client, id, training, evaluating } = await open();
    training.say(closing(1));
    training.say({ type: "ended", outcome: "finished" });
    const asked = client.runs.evaluate({ id, epoch: 1 });
    const refused = expect(asked).rejects.toMatchObject({ code: "evaluation.cancelled" });
    await evaluating(0);
    await client.runs.delete({ id });
    await refused;
  });

  it("is one a run at a time", async () => {
    const { client, id, training, answer } = await open();
    training.say(closing(1));
    const asked = client.runs.evaluate({ id, epoch: 1 });
    await expect(client.runs.evaluate({ id, epoch: 1 })).rejects.toMatchObject({
      code: "run.state",
    });
    await answer(0, 1);
    await asked;
  });

  it("is refused for what is not there", async () => {
    const { client, id, training } = await open();
    await expect(client.runs.evaluate({ id, all: true })).rejects.toMatchObject({
      code: "run.nocheckpoint",
    });
    training.say(closing(2));
    for (const [payload, code] of [
      [{ id, epoch: 1 }, "run.nocheckpoint"],
      [{ id, epoch: 1, all: true }, "usage"],
      [{ id: "nobody" }, "run.unknown"],
      [{ id, count: 15 }, "usage"],
    ] as const) {
      await expect(client.runs.evaluate(payload)).rejects.toMatchObject({ code });
    }
    await expect(client.runs.evaluations({ id: "nobody" })).rejects.toMatchObject({
      code: "run.unknown",
    });
  });

  it("that fails says why, and leaves the run alone", async () => {
    const { client, id, training, evaluating } = await open();
    training.say(closing(1));
    const asked = client.runs.evaluate({ id, epoch: 1 });
    const { session } = await evaluating(0);
    session.say({ type: "problem", problem: { code: "data.missing", message: "It is gone." } });
    await expect(asked).rejects.toMatchObject({ code: "data.missing", message: "It is gone." });
    expect((await client.runs.get({ id })).run.status).toBe("running");
  });
});

describe("the file of features that a run names", () => {
  const encoder = () => {
    const file = join(temporaryFolder(), "encoder.onnx");
    writeFileSync(file, "not looked into before the first evaluation");
    return file;
  };

  it("is what it is evaluated by, while it trains and after, unless another is asked for", async () => {
    const features = encoder();
    const { client, id, training, answer } = await open({ evaluateEvery: 1, features });
    training.say(closing(1));
    expect((await answer(0, 5)).features).toBe(features);
    await client.runs.evaluations({ id, settled: true });
    for (const [place, [asked, expected]] of (
      [
        [undefined, features],
        [null, null],
        ["~/other.onnx", join(homedir(), "other.onnx")],
      ] as const
    ).entries()) {
      const given = asked === undefined ? {} : { features: asked };
      const evaluated = client.runs.evaluate({ id, epoch: 1, ...given });
      expect((await answer(place + 1, 5)).features).toBe(expected);
      await evaluated;
    }
  });

  it("must be there when a run begins, or a fork names another", async () => {
    const features = encoder();
    const gone = join(temporaryFolder(), "gone.onnx");
    const { client, id, training, sessions } = await open({ features });
    const { specification } = await client.runs.get({ id });
    const naming = (file: string) => ({
      ...specification,
      outputs: { ...specification.outputs, features: file },
    });
    const before = sessions.length;
    const refused = { code: "export.unreadable", message: expect.stringContaining(gone) as string };
    await expect(
      client.runs.start({ specification: naming(gone), engine: "wasm" }),
    ).rejects.toMatchObject(refused);
    training.say(closing(1));
    await expect(client.runs.fork({ id, epoch: 1, specification: naming(gone) })).rejects.toThrow();
    expect(sessions).toHaveLength(before);
    expect((await client.runs.list({})).runs).toHaveLength(1);
  });
});

describe("evaluations while a run trains", () => {
  it("come every so many epochs, by a process that gives way", async () => {
    const { client, id, training, answer, sessions } = await open({ evaluateEvery: 2 });
    for (const epoch of [1, 2]) training.say(closing(epoch));
    const job = await answer(0, 5);
    expect(job.background).toBe(true);
    expect(job.checkpoints.map(({ epoch }) => epoch)).toEqual([2]);
    await client.runs.evaluations({ id, settled: true });
    training.say(closing(3));
    expect(sessions.filter(jobOf)).toHaveLength(1);
    training.say(closing(4));
    await answer(1, 4);
    const { evaluations } = await client.runs.evaluations({ id, settled: true });
    expect(evaluations.map(({ epoch }) => epoch)).toEqual([2, 4]);
  });

  it("that are slower than the epochs take the newest", async () => {
    const { client, id, training, answer, evaluating } = await open({ evaluateEvery: 1 });
    training.say(closing(1));
    await evaluating(0);
    for (const epoch of [2, 3]) training.say(closing(epoch));
    await answer(0, 5);
    await answer(1, 5);
    const { evaluations } = await client.runs.evaluations({ id, settled: true });
    expect(evaluations.map(({ epoch }) => epoch)).toEqual([1, 3]);
  });

  it("stop a run that no longer improves, and say so", async () => {
    const { client, id, training, answer } = await open({ evaluateEvery: 1, stopAfter: 2 });
    for (const [place, distance] of [9, 5, 6].entries()) {
      training.say(closing(place + 1));
      await answer(place, distance);
      await client.runs.evaluations({ id, settled: true });
    }
    expect(training.received).not.toContainEqual({ type: "stop" });
    training.say(closing(4));
    await answer(3, 5.5);
    await client.runs.evaluations({ id, settled: true });
    expect(training.received).toContainEqual({ type: "stop" });
    const { events } = await client.runs.get({ id });
    expect(events.at(-1)).toMatchObject({
      kind: "no improvement",
      detail: expect.stringContaining("since epoch 2") as string,
    });
  });

  it("that fail are told as an event, and the next one comes all the same", async () => {
    const { client, id, training, answer, evaluating } = await open({ evaluateEvery: 1 });
    training.say(closing(1));
    const { session } = await evaluating(0);
    session.say({ type: "problem", problem: { code: "data.missing", message: "It is gone." } });
    await client.runs.evaluations({ id, settled: true });
    const { events } = await client.runs.get({ id });
    expect(events.at(-1)).toMatchObject({
      kind: "not evaluated",
      detail: "Epoch 1 was not evaluated: It is gone.",
    });
    training.say(closing(2));
    await answer(1, 3);
    const { evaluations } = await client.runs.evaluations({ id, settled: true });
    expect(evaluations.map(({ epoch }) => epoch)).toEqual([2]);
  });

  it("are none where none are asked for", async () => {
    const { client, id, training, sessions } = await open();
    training.say(closing(1));
    expect(await client.runs.evaluations({ id, settled: true })).toEqual({ evaluations: [] });
    expect(sessions).toHaveLength(1);
  });
});
