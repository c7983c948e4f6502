import { expect, it } from "vitest";
import { commands } from "../../../main/contract/commands.ts";
import { desktopCommands } from "../../../main/contract/desktop.ts";
import { eventNames } from "../../../main/contract/events.ts";
import { connectBridge } from "../../../main/electron/bridge.ts";
import {
  desktopChannel,
  eventChannel,
  invokeChannel,
  wishChannel,
  type Announcement,
} from "../../../main/electron/channels.ts";
import { createPageBridge } from "../../../main/electron/page-bridge.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { createFakeApi, runSummary } from "../../support/fake-api.ts";
import { createFakeIpc, ownFrame, type Frame } from "./fake-electron.ts";

function connected() {
  const api = createFakeApi({
    "runs.list": () => ({
      runs: [runSummary({ losses: { generator: NaN, discriminator: 1 } })],
      total: 1,
    }),
    "runs.sampleImage": () => ({ png: new Uint8Array([1, 255]) }),
    "runs.get": () => {
      throw new Problem("run.unknown", "There is no such run.");
    },
    "datasets.list": () => {
      throw new Error("a bug");
    },
  });
  const ipc = createFakeIpc();
  const sent: { channel: string; message: Announcement }[] = [];
  const errors: unknown[] = [];
  const page = (destroyed: boolean) => ({
    isDestroyed: () => destroyed,
    send(channel: string, message: Announcement) {
      if (destroyed) throw new Error("Object has been destroyed");
      sent.push({ channel, message });
    },
  });
  const end = connectBridge({
    ipcMain: ipc.ipcMain,
    api,
    pages: () => [page(true), page(false)],
    onInternalError: (thrown) => errors.push(thrown),
  });
  return { api, ipc, sent, errors, end };
}

it("answers the page's own main frame, with numbers and bytes as they are", async () => {
  const { ipc } = connected();
  expect(await ipc.ask(invokeChannel, { command: "runs.list", payload: {} })).toEqual({
    result: { runs: [runSummary({ losses: { generator: NaN, discriminator: 1 } })], total: 1 },
  });
  const payload = { id: "a", step: 1 };
  expect(await ipc.ask(invokeChannel, { command: "runs.sampleImage", payload })).toEqual({
    result: { png: new Uint8Array([1, 255]) },
  });
});

it("hands errors over as data with their code", async () => {
  const { ipc, errors } = connected();
  expect(await ipc.ask(invokeChannel, { command: "runs.get", payload: { id: "a" } })).toEqual({
    error: { code: "run.unknown", message: "There is no such run." },
  });
  expect(errors).toEqual([]);
  expect(await ipc.ask(invokeChannel, { command: "datasets.list", payload: {} })).toMatchObject({
    error: { code: "internal" },
  });
  expect(errors).toHaveLength(1);
});

it.each([
  null,
  undefined,
  "runs.list",
  [],
  { command: 7, payload: {} },
  { command: "runs.list", payload: {}, more: 1 },
  { command: "nothing", payload: {} },
  { command: "toString", payload: {} },
  { command: "runs.get", payload: new Map([["id", "a"]]) },
  { command: "runs.get", payload: { id: "../../etc" } },
])("calls the message %j wrong usage", async (message) => {
  const { ipc, api } = connected();
  expect(await ipc.ask(invokeChannel, message)).toMatchObject({ error: { code: "usage" } });
  expect(api.calls).toEqual([]);
});

const frames: [string, Frame | null][] = [
  ["a frame that has gone", null],
  ["a frame inside the page", { ...ownFrame, parent: {} }],
  ...[
    "https://studio/index.html",
    "app://evil/index.html",
    "app://studio.evil/",
    "app://studio:80/",
    "app://user@studio.evil/",
    "app:studio",
    "file:///index.html",
    "about:blank",
    "data:text/html,app://studio",
    "https://evil.com/#app://studio",
    "",
  ].map((url): [string, Frame] => [url, { url, parent: null }]),
];
it.each(frames)("refuses a call of %s before it looks at it", async (_name, frame) => {
  const { ipc, api } = connected();
  const asked = ipc.ask(invokeChannel, { command: "runs.list", payload: {} }, frame);
  await expect(asked).rejects.toThrow("Refused.");
  expect(api.calls).toEqual([]);
});

it("reads the calling frame before anything else can happen", () => {
  let listener: ((event: never, payload: unknown) => unknown) | undefined;
  const ipcMain = {
    handle: (_channel: string, given: typeof listener) => {
      listener = given;
    },
  };
  connectBridge({
    ...{ ipcMain: ipcMain, api: createFakeApi(), pages: () => [] },
    onInternalError: () => undefined,
  });
  let reads = 0;
  const event = {
    get senderFrame() {
      reads++;
      return ownFrame;
    },
  };
  void listener?.(event as never, { command: "nothing", payload: {} });
  expect(reads).toBe(1);
});

it("announces every event to pages that are open, and no longer after its end", () => {
  const { api, sent, end } = connected();
  api.emit("run.changed", runSummary());
  expect(sent).toEqual([
    { channel: eventChannel, message: { event: "run.changed", detail: runSummary() } },
  ]);
  expect(api.listeners()).toBe(eventNames.length);
  end();
  expect(api.listeners()).toBe(0);
});

function pageSide() {
  const asked: unknown[] = [];
  const delivered = new Map<string, (event: unknown, message?: Announcement) => void>();
  const registered: string[] = [];
  const ipcRenderer = {
    invoke: (channel: string, message: unknown) => {
      asked.push([channel, message]);
      return Promise.resolve({ result: 1 });
    },
    on: (channel: string, listener: (event: unknown, message?: Announcement) => void) => {
      registered.push(channel);
      delivered.set(channel, listener);
    },
  };
  const names = {
    commands: Object.keys(commands),
    events: eventNames,
    desktop: Object.keys(desktopCommands),
  };
  const bridge = createPageBridge(ipcRenderer as never, names);
  const announce = (event: string, detail: unknown) => {
    delivered.get(eventChannel)?.({ sender: "secret" }, { event, detail });
  };
  const wish = () => delivered.get(wishChannel)?.({ sender: "secret" });
  return { bridge, asked, announce, wish, registered };
}

it("gives the page four functions and nothing else", () => {
  expect(Object.keys(pageSide().bridge).sort()).toEqual(["ask", "invoke", "onWish", "subscribe"]);
});

it("asks the window what it knows, and nothing else", async () => {
  const { bridge, asked } = pageSide();
  expect(await bridge.ask("desktop.preferences", {})).toEqual({ result: 1 });
  expect(asked).toEqual([[desktopChannel, { command: "desktop.preferences", payload: {} }]]);
  for (const name of ["runs.list", "desktop.nothing", "constructor"])
    expect(await bridge.ask(name, {})).toMatchObject({ error: { code: "usage" } });
  expect(await bridge.invoke("desktop.preferences", {})).toMatchObject({
    error: { code: "usage" },
  });
  expect(asked).toHaveLength(1);
});

it("tells of a wish without the event object, until the page stops listening", () => {
  const { bridge, wish } = pageSide();
  const heard: unknown[][] = [];
  const stop = bridge.onWish((...given: unknown[]) => heard.push(given));
  wish();
  stop();
  wish();
  expect(heard).toEqual([[]]);
});

it("passes on known commands only", async () => {
  const { bridge, asked } = pageSide();
  expect(await bridge.invoke("runs.list", {})).toEqual({ result: 1 });
  expect(asked).toEqual([[invokeChannel, { command: "runs.list", payload: {} }]]);
  for (const name of ["nothing", "", "__proto__", "constructor"]) {
    expect(await bridge.invoke(name, {})).toMatchObject({ error: { code: "usage" } });
  }
  expect(asked).toHaveLength(1);
});

it("hands listeners the detail and never the event object, until they stop", () => {
  const { bridge, announce, registered } = pageSide();
  const heard: unknown[][] = [];
  const listener = (...given: unknown[]) => heard.push(given);
  const stopFirst = bridge.subscribe("run.changed", listener);
  const stopSecond = bridge.subscribe("run.changed", listener);
  announce("run.changed", 1);
  announce("run.sampled", 2);
  announce("__proto__", 3);
  expect(heard).toEqual([[1], [1]]);
  stopFirst();
  stopFirst();
  announce("run.changed", 4);
  stopSecond();
  announce("run.changed", 5);
  expect(heard).toEqual([[1], [1], [4]]);
  expect(registered).toEqual([eventChannel, wishChannel]);
  expect(() => bridge.subscribe("no.event", listener)).toThrow("no event");
});
