// @vitest-environment node
import { expect, test, vi } from "vitest";
import type { Handlers } from "../../../main/contract/commands.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createStudio } from "../../../renderer/shared/studio.ts";
import { TrainingRun } from "../../../renderer/train/training-run.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";
import {
  exampleDetail,
  exampleMeasurements,
  exampleProgress,
  exampleRun,
  exampleSample,
} from "../examples.ts";

function setUp(answers: Partial<Handlers> = {}) {
  const transport = createFakeTransport({
    "runs.get": () => exampleDetail(),
    "runs.measurements": () => exampleMeasurements([10, 20]),
    ...answers,
  });
  const training = new TrainingRun(createStudio(transport), "run-1");
  return { transport, training, close: training.open() };
}

const loaded = (training: TrainingRun) =>
  vi.waitFor(() => {
    expect(training.detail).not.toBeNull();
  });

const newer = (changes: Parameters<typeof exampleRun>[0]) =>
  exampleRun({ updatedAt: exampleRun().updatedAt + 1000, ...changes });

test("what is stored is loaded first, events continue it", async () => {
  const { transport, training } = setUp();
  await loaded(training);
  transport.emit("run.progress", exampleProgress(30, exampleMeasurements([20, 30])));
  transport.emit("run.sampled", { id: "run-1", sample: exampleSample(3) });
  transport.emit("run.event", {
    id: "run-1",
    event: { at: 1, step: 2, kind: "saved", detail: "" },
  });
  expect(training.measurements).toEqual(exampleMeasurements([10, 20, 30]));
  expect(training.progress?.step).toBe(30);
  expect(training.detail?.samples.length).toBe(3);
  expect(training.detail?.events.at(-1)?.kind).toBe("saved");
});

test("events that come while it loads are not lost", async () => {
  const { transport, training } = setUp();
  transport.emit("run.progress", exampleProgress(30));
  transport.emit("run.sampled", { id: "run-1", sample: exampleSample(3) });
  expect(training.measurements.steps).toEqual([]);
  await loaded(training);
  expect(training.measurements.steps).toEqual([10, 20, 30]);
  expect(training.detail?.samples.at(-1)?.epoch).toBe(3);
});

test("events of other runs are not this run's", async () => {
  const { transport, training } = setUp();
  await loaded(training);
  transport.emit("run.progress", { ...exampleProgress(30), id: "run-2" });
  transport.emit("run.changed", newer({ id: "run-2", status: "failed" }));
  transport.emit("run.sampled", { id: "run-2", sample: exampleSample(9) });
  expect(training.measurements.steps).toEqual([10, 20]);
  expect(training.detail?.run.status).toBe("running");
  expect(training.detail?.samples.length).toBe(2);
});

test("after a lost connection everything is asked for again", async () => {
  let steps = [10];
  const { transport, training } = setUp({ "runs.measurements": () => exampleMeasurements(steps) });
  await loaded(training);
  steps = [10, 20, 30];
  transport.setConnection("lost");
  transport.setConnection("connected");
  await vi.waitFor(() => {
    expect(training.measurements.steps).toEqual([10, 20, 30]);
  });
});

test("a resumed run forgets the figures after its checkpoint", async () => {
  let stored = exampleMeasurements([10, 20, 30]);
  let detail = exampleDetail({ run: exampleRun({ status: "interrupted" }) });
  const { training } = setUp({
    "runs.get": () => detail,
    "runs.measurements": () => stored,
    "runs.resume": () => {
      stored = exampleMeasurements([10]);
      detail = exampleDetail({ run: newer({ status: "starting" }) });
      return detail.run;
    },
  });
  await loaded(training);
  await training.acts.resume(20, null);
  await vi.waitFor(() => {
    expect(training.measurements.steps).toEqual([10]);
  });
  expect(training.detail?.run.status).toBe("starting");
});

test("a run that ends has no session to speak of any more", async () => {
  const { transport, training } = setUp({
    "runs.get": () => exampleDetail({ run: newer({ status: "finished" }) }),
  });
  await loaded(training);
  transport.emit("run.progress", exampleProgress(30));
  expect(training.progress).toBeNull();
  expect(training.measurements.steps).toContain(30);
});

test("one action at a time, and a failed one says why", async () => {
  const { transport, training } = setUp({
    "runs.pause": () => {
      throw new Problem("run.state", "This run has ended; there is nothing to pause.");
    },
  });
  await loaded(training);
  const first = training.acts.pause();
  void training.acts.stop();
  expect(training.acts.action).toBe("pause");
  await first;
  expect(training.acts.action).toBeNull();
  expect(training.acts.problem).toBe("This run has ended; there is nothing to pause.");
  expect(transport.asked.map(({ command }) => command)).not.toContain("runs.stop");
});

test("resume asks for epochs in all, and for steps only where the run counts them", async () => {
  const ended = exampleDetail({ run: exampleRun({ status: "stopped" }) });
  const { transport, training } = setUp({
    "runs.get": () => ended,
    "runs.resume": () => ended.run,
  });
  await loaded(training);
  await training.acts.resume(20, null);
  await training.acts.resume(20, 500);
  const asked = transport.asked.filter(({ command }) => command === "runs.resume");
  expect(asked.map(({ payload }) => payload)).toEqual([
    { id: "run-1", epochs: 20, engine: "auto" },
    { id: "run-1", epochs: 20, steps: 500, engine: "auto" },
  ]);
});

test("a run that does not exist says so", async () => {
  const { training } = setUp({
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no run «run-1».");
    },
  });
  await vi.waitFor(() => {
    expect(training.problem).toBe("There is no run «run-1».");
  });
  expect(training.detail).toBeNull();
});

test("closing ends every subscription, also while it loads, and late answers change nothing", async () => {
  const { promise: late, resolve: answer } =
    Promise.withResolvers<ReturnType<typeof exampleDetail>>();
  const { transport, training, close } = setUp({ "runs.get": () => late });
  close();
  answer(exampleDetail());
  await late;
  await Promise.resolve();
  expect(transport.subscriptions()).toBe(0);
  expect(training.detail).toBeNull();
});

test("charts are asked for as many rows as they draw, and again when a long watch has gathered more", async () => {
  const { transport, training } = setUp();
  await loaded(training);
  const many = Array.from({ length: 12_000 }, (_, index) => 100 + index);
  transport.emit("run.progress", exampleProgress(12_100, exampleMeasurements(many)));
  await vi.waitFor(() => {
    expect(training.measurements.steps).toEqual([10, 20]);
  });
  const asked = transport.asked.filter(({ command }) => command === "runs.measurements");
  expect(asked.map(({ payload }) => payload)).toEqual([
    { id: "run-1", points: 4000 },
    { id: "run-1", points: 4000 },
  ]);
});

test("when a run ends, what is shown stays and only what came after is added", async () => {
  let detail = exampleDetail();
  const { transport, training } = setUp({
    "runs.get": () => detail,
    "runs.measurements": ({ after }) => exampleMeasurements(after === undefined ? [10, 20] : [30]),
  });
  await loaded(training);
  detail = exampleDetail({ run: newer({ status: "finished" }), samples: [exampleSample(9)] });
  transport.emit("run.changed", detail.run);
  await vi.waitFor(() => {
    expect(training.detail?.samples[0]?.epoch).toBe(9);
  });
  expect(training.measurements.steps).toEqual([10, 20, 30]);
  expect(transport.asked.at(-1)?.payload).toEqual({ id: "run-1", after: 20, points: 4000 });
});

test("a single step is kept beside the measurement before it, until the run goes on", async () => {
  const { transport, training } = setUp({
    "runs.get": () => exampleDetail({ run: exampleRun({ status: "paused" }) }),
    "runs.step": () => exampleMeasurements([21]),
  });
  await loaded(training);
  await training.acts.step();
  expect(training.singleStep).toMatchObject({ step: 21, before: { step: 20 } });
  expect(training.measurements.steps).toEqual([10, 20, 21]);
  transport.emit("run.changed", newer({ status: "running" }));
  expect(training.singleStep).toBeNull();
});

test("a step that the session refuses says why, and nothing is shown for it", async () => {
  const { training } = setUp({
    "runs.step": () => {
      throw new Problem("run.state", "The run is not paused.");
    },
  });
  await loaded(training);
  await training.acts.step();
  expect([training.singleStep, training.acts.problem]).toEqual([null, "The run is not paused."]);
});

test("learning rates are set for the networks that are named", async () => {
  const { transport, training } = setUp({ "runs.set": () => newer({}) });
  await loaded(training);
  await training.acts.set({ learningRates: { generator: 0.0001 } });
  expect(transport.asked.at(-1)).toEqual({
    command: "runs.set",
    payload: { id: "run-1", learningRates: { generator: 0.0001 } },
  });
});

test("a run that is deleted elsewhere says so, and can be had back", async () => {
  const { transport, training } = setUp({ "runs.restore": () => newer({ status: "finished" }) });
  await loaded(training);
  transport.emit("run.deleted", { id: "run-2" });
  expect(training.deleted).toBe(false);
  transport.emit("run.deleted", { id: "run-1" });
  expect(training.deleted).toBe(true);
  await training.acts.restore();
  expect(transport.asked).toContainEqual({ command: "runs.restore", payload: { id: "run-1" } });
  transport.emit("run.changed", newer({ status: "finished" }));
  expect(training.deleted).toBe(false);
});
