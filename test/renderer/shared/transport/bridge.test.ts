// @vitest-environment node
import { expect, test } from "vitest";
import { createBridgeTransport } from "../../../../renderer/shared/transport/bridge.ts";

test("an answer is unpacked", async () => {
  const transport = createBridgeTransport({
    invoke: (command, payload) => Promise.resolve({ result: { command, payload } }),
    subscribe: () => () => undefined,
  });
  expect(await transport.invoke("runs.get", { id: "a" })).toEqual({
    command: "runs.get",
    payload: { id: "a" },
  });
});

test("an error keeps its code", async () => {
  const transport = createBridgeTransport({
    invoke: () => Promise.resolve({ error: { code: "run.unknown", message: "There is no run." } }),
    subscribe: () => () => undefined,
  });
  await expect(transport.invoke("runs.get", { id: "a" })).rejects.toMatchObject({
    name: "Problem",
    code: "run.unknown",
    message: "There is no run.",
  });
});

test("the desktop app is always connected", () => {
  const transport = createBridgeTransport({
    invoke: () => Promise.resolve({ result: null }),
    subscribe: () => () => undefined,
  });
  const states: string[] = [];
  transport.watchConnection((state) => states.push(state));
  expect(states).toEqual(["connected"]);
});

test("where a dropped file lies is known only where the desktop app tells", () => {
  const bridge = {
    invoke: () => Promise.resolve({ result: null }),
    subscribe: () => () => undefined,
  };
  expect(createBridgeTransport(bridge)).not.toHaveProperty("pathOf");
  const pathOf = () => "/home/ada/photos";
  expect(createBridgeTransport({ ...bridge, pathOf }).pathOf?.({} as File)).toBe(
    "/home/ada/photos",
  );
});

test("the window can be asked only where the desktop app hands that over", async () => {
  const bridge = {
    invoke: () => Promise.resolve({ result: null }),
    subscribe: () => () => undefined,
  };
  expect(createBridgeTransport(bridge)).not.toHaveProperty("desktop");
  const ask = (command: string, payload: unknown) =>
    Promise.resolve({ result: [command, payload] });
  const { desktop } = createBridgeTransport({ ...bridge, ask, onWish: () => () => undefined });
  expect(await desktop?.ask("desktop.theme", { choice: "dark" })).toEqual([
    "desktop.theme",
    { choice: "dark" },
  ]);
});
