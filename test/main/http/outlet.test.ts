import { expect, it } from "vitest";
import type { Progress } from "../../../main/contract/runs.ts";
import { decode, encode } from "../../../main/contract/wire.ts";
import { createOutlet, mergeProgress, type Socket } from "../../../main/http/outlet.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";

const progressAt = (step: number, id = "a"): Progress => ({
  ...{ id, step, epoch: 0, stepsPerEpoch: 100, totalSteps: 100 },
  ...{ millisecondsPerStep: 10, imagesPerSecond: 12_800, secondsLeft: 1 },
  measurements: measurements([step]),
});

/** A socket whose network takes what it is given when the test says so. */
function createSocket() {
  const sent: string[] = [];
  const done: (() => void)[] = [];
  const closings: number[] = [];
  const state = { bufferedAmount: 0 };
  const socket: Socket = {
    get bufferedAmount() {
      return state.bufferedAmount;
    },
    send(text, callback) {
      sent.push(text);
      state.bufferedAmount += text.length;
      done.push(callback);
    },
    close: (code) => closings.push(code),
  };
  const drain = () => {
    state.bufferedAmount = 0;
    for (const callback of done.splice(0)) callback();
  };
  return { socket, sent, closings, drain, state };
}

const limits = { soft: 1000, hard: 5000, held: 50 };
const offer = (outlet: ReturnType<typeof createOutlet>, progress: Progress) => {
  outlet.offer("run.progress", progress, encode({ event: "run.progress", detail: progress }));
};

it("loses no measurement of a page that reads slowly, and buffers little", () => {
  const { socket, sent, drain, state } = createSocket();
  const outlet = createOutlet(socket, limits);
  for (let step = 1; step <= 40; step++) offer(outlet, progressAt(step));
  expect(state.bufferedAmount).toBeLessThan(2 * limits.soft);
  drain();
  const seen = sent.map((text) => (decode(text) as { detail: Progress }).detail);
  expect(seen.flatMap(({ measurements: { steps } }) => steps)).toEqual(
    Array.from({ length: 40 }, (_, i) => i + 1),
  );
  expect(seen.at(-1)?.step).toBe(40);
  expect(seen.at(-1)?.measurements.values.lossGenerator).toHaveLength(
    seen.at(-1)?.measurements.steps.length ?? -1,
  );
});

it("keeps the runs apart that it holds back", () => {
  const { socket, sent, drain, state } = createSocket();
  const outlet = createOutlet(socket, limits);
  state.bufferedAmount = 2000;
  for (const id of ["a", "b", "a"]) offer(outlet, progressAt(1, id));
  outlet.offer("run.changed", runSummary(), encode({ event: "run.changed", detail: runSummary() }));
  drain();
  const names = sent.map((text) => decode(text) as { event: string; detail: { id: string } });
  expect(names.map(({ event, detail }) => `${event} ${detail.id}`)).toContain("run.progress b");
});

it("gives a page up that stopped reading, and says so once", () => {
  const { socket, sent, closings } = createSocket();
  const outlet = createOutlet(socket, limits);
  const text = encode({ event: "run.changed", detail: runSummary() });
  for (let i = 0; i < 100; i++) outlet.offer("run.changed", runSummary(), text);
  expect(closings).toEqual([1013]);
  expect(sent.join("").length).toBeLessThan(limits.hard + 2 * text.length);
});

it("gives a page up for which too many measurements are held back", () => {
  const { socket, sent, closings, state } = createSocket();
  const outlet = createOutlet(socket, limits);
  state.bufferedAmount = 2000;
  for (let step = 1; step <= 60; step++) offer(outlet, progressAt(step));
  expect(closings).toEqual([1013]);
  expect(sent).toEqual([]);
});

it("merges two reports into the later one with the measurements of both", () => {
  const merged = mergeProgress(progressAt(1), { ...progressAt(2), secondsLeft: 7 });
  expect(merged).toMatchObject({ step: 2, secondsLeft: 7, measurements: { steps: [1, 2] } });
  expect(merged.measurements.values.scoreReal).toEqual([0.25, 0.25]);
});
