import { afterEach, beforeEach, expect, it } from "vitest";
import { decode } from "../../../main/contract/wire.ts";
import { measurements, runSummary } from "../../support/fake-api.ts";
import { run, type Running } from "./running.ts";

let server: Running;
beforeEach(async () => {
  server = await run();
});
afterEach(() => server.close());

async function listen(): Promise<{ socket: WebSocket; next: () => Promise<unknown> }> {
  const headers = { cookie: await server.enter(), origin: server.origin };
  const socket = new WebSocket(`ws://${server.host}/api/events`, { headers });
  const waiting: ((message: unknown) => void)[] = [];
  const arrived: unknown[] = [];
  socket.addEventListener("message", ({ data }) => {
    const message = decode(String(data));
    const take = waiting.shift();
    if (take) take(message);
    else arrived.push(message);
  });
  await new Promise((resolve) => {
    socket.addEventListener("open", resolve);
  });
  return {
    socket,
    next: () =>
      new Promise((resolve) => {
        if (arrived.length > 0) resolve(arrived.shift());
        else waiting.push(resolve);
      }),
  };
}

it("tells every listening page of every kind of event, with numbers that JSON lacks", async () => {
  const [one, two] = [await listen(), await listen()];
  const detail = runSummary({ losses: { generator: Infinity, discriminator: NaN } });
  server.api.emit("run.changed", detail);
  expect(await one.next()).toEqual({ event: "run.changed", detail });
  expect(await two.next()).toEqual({ event: "run.changed", detail });

  const event = { at: 1, step: 2, kind: "started", detail: "" };
  server.api.emit("run.event", { id: "a", event });
  expect(await one.next()).toEqual({ event: "run.event", detail: { id: "a", event } });

  const progress = {
    ...{ id: "a", step: 3, epoch: 0, stepsPerEpoch: 9, totalSteps: 9 },
    ...{ millisecondsPerStep: 1, imagesPerSecond: 128_000, secondsLeft: 1 },
    measurements: measurements([3], NaN),
  };
  server.api.emit("run.progress", progress);
  expect(await one.next()).toEqual({ event: "run.progress", detail: progress });
});

it("goes on with the other pages when one leaves", async () => {
  const [one, two] = [await listen(), await listen()];
  const left = new Promise((resolve) => {
    one.socket.addEventListener("close", resolve);
  });
  one.socket.close();
  await left;
  server.api.emit("run.changed", runSummary());
  expect(await two.next()).toMatchObject({ event: "run.changed" });
});

it.each(["hello", "x".repeat(100_000)])(
  "ends a connection that says something (%#)",
  async (text) => {
    const { socket } = await listen();
    const closed = new Promise<number>((resolve) => {
      socket.addEventListener("close", ({ code }) => {
        resolve(code);
      });
    });
    socket.send(text);
    expect([1008, 1009]).toContain(await closed);
    server.api.emit("run.changed", runSummary());
  },
);
