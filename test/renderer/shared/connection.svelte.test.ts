// @vitest-environment node
import { expect, test } from "vitest";
import { Connection } from "../../../renderer/shared/connection.svelte.ts";
import { createFakeTransport } from "../../support/fake-transport.ts";

test("a listener is told when a lost connection is back, and only then", () => {
  const transport = createFakeTransport({});
  const connection = new Connection(transport);
  let returns = 0;
  const stop = connection.onReconnect(() => (returns += 1));
  expect(connection.state).toBe("connected");
  transport.setConnection("lost");
  expect([connection.state, returns]).toEqual(["lost", 0]);
  transport.setConnection("connected");
  expect([connection.state, returns]).toEqual(["connected", 1]);
  stop();
  transport.setConnection("lost");
  transport.setConnection("connected");
  expect(returns).toBe(1);
});

test("the first connection is no return", () => {
  const transport = createFakeTransport({});
  transport.setConnection("connecting");
  const connection = new Connection(transport);
  let returns = 0;
  connection.onReconnect(() => (returns += 1));
  transport.setConnection("connected");
  expect(returns).toBe(0);
});
