// @vitest-environment node
// Node's own fetch and WebSocket against a real server: jsdom's would be a third implementation.
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { decode, encode } from "../../../../main/contract/wire.ts";
import { exchangeToken } from "../../../../renderer/shared/transport/access.ts";
import {
  createHttpTransport,
  type HttpTransport,
} from "../../../../renderer/shared/transport/http.ts";
import { exampleRun } from "../../examples.ts";
import type { Order, Report } from "./server-process.ts";

const program = fileURLToPath(new URL("./server-process.ts", import.meta.url));
let server: ChildProcess;
let base: URL;
let asked: unknown[];
let sockets = 0;
/** Sockets that were open when something was first asked. */
let listening: number | null;
let transport: HttpTransport | undefined;

/** Starts the server; the address is known when this resolves. */
async function serve(port: number): Promise<void> {
  // Without this suite's own Node options, which make packages resolve as in a browser.
  server = fork(program, [port.toString()], { execArgv: [], env: { PATH: process.env.PATH } });
  await new Promise<void>((resolve) =>
    server.on("message", (report: Report) => {
      if ("asked" in report) {
        asked.push(decode(JSON.stringify(report.asked)));
        listening ??= sockets;
      } else if ("sockets" in report) ({ sockets } = report);
      else {
        base = new URL(`http://127.0.0.1:${report.port.toString()}`);
        resolve();
      }
    }),
  );
}

async function kill(): Promise<void> {
  if (isDead()) return;
  const over = once(server, "exit");
  server.kill("SIGKILL");
  await over;
}

const order = (what: Order) =>
  new Promise<void>((resolve, reject) =>
    server.send(what, (error) => {
      if (error) reject(error);
      else resolve();
    }),
  );

const answerWith = (status: number, body: string) => order({ answer: { status, body } });
const refusal = encode({ error: { code: "access.denied", message: "Not signed in." } });

const isDead = () => server.exitCode !== null || server.signalCode !== null;

beforeAll(() => serve(0));
beforeEach(async () => {
  asked = [];
  listening = null;
  if (isDead()) await serve(0);
  await answerWith(200, encode({ result: {} }));
});
afterEach(async () => {
  transport?.close();
  transport = undefined;
  if (isDead()) sockets = 0;
  await vi.waitFor(() => {
    expect(sockets).toBe(0);
  });
});
afterAll(kill);

async function open(): Promise<{ transport: HttpTransport; states: string[] }> {
  const opened = createHttpTransport(base, [20]);
  transport = opened;
  const states: string[] = [];
  opened.watchConnection((state) => states.push(state));
  await vi.waitFor(() => {
    expect(sockets).toBe(1);
  });
  return { transport: opened, states };
}

test("commands and answers keep NaN and bytes", async () => {
  const result = { png: Uint8Array.of(1, 2), loss: Number.NaN };
  const { transport: opened } = await open();
  await answerWith(200, encode({ result }));
  expect(await opened.invoke("runs.sampleImage", { id: "a", step: 3 })).toEqual(result);
  // The report comes by another way than the answer, and may come after it.
  await vi.waitFor(() => {
    expect(asked).toEqual([{ command: "runs.sampleImage", payload: { id: "a", step: 3 } }]);
  });
});

test("a problem keeps its code and its sentence", async () => {
  const { transport: opened } = await open();
  const error = { code: "run.unknown", message: "There is no run «a»." };
  await answerWith(404, encode({ error }));
  await expect(opened.invoke("runs.get", { id: "a" })).rejects.toMatchObject({
    name: "Problem",
    ...error,
  });
});

test("an answer that is no JSON becomes a sentence with the status", async () => {
  const { transport: opened } = await open();
  await answerWith(502, "<html>Bad gateway</html>");
  await expect(opened.invoke("runs.get", { id: "a" })).rejects.toThrow(
    /cannot read \(status 502\)/,
  );
});

test("a server that is gone becomes a sentence that says what to check", async () => {
  const { transport: opened } = await open();
  await kill();
  await expect(opened.invoke("runs.get", { id: "a" })).rejects.toThrow(/does not answer. Check/);
});

test("events reach their listeners, with their numbers", async () => {
  const { transport: opened } = await open();
  const heard: unknown[] = [];
  opened.subscribe("run.changed", (run) => heard.push(run));
  const run = exampleRun({ losses: { generator: Number.NaN, discriminator: Infinity } });
  await order({ send: encode({ event: "run.changed", detail: run }) });
  await vi.waitFor(() => {
    expect(heard).toEqual([run]);
  });
});

test("nothing is asked before events are heard: none can fall between", async () => {
  transport = createHttpTransport(base, [20]);
  await transport.invoke("system.describe", {});
  await vi.waitFor(() => {
    expect(listening).toBe(1);
  });
});

test("a message that cannot be read does not end the events", async () => {
  const { transport: opened } = await open();
  const heard: string[] = [];
  opened.subscribe("run.changed", ({ id }) => heard.push(id));
  for (const text of [
    "not json",
    "null",
    "7",
    encode({ event: "run.changed", detail: exampleRun() }),
  ])
    await order({ send: text });
  await vi.waitFor(() => {
    expect(heard).toEqual(["run-1"]);
  });
});

test("a broken connection is told, and made again with the same listeners", async () => {
  const { transport: opened, states } = await open();
  const heard: string[] = [];
  opened.subscribe("run.changed", ({ id }) => heard.push(id));
  await kill();
  await vi.waitFor(() => {
    expect(states.at(-1)).toBe("lost");
  });
  sockets = 0;
  await serve(Number(base.port));
  await vi.waitFor(() => {
    expect(states).toEqual(["connecting", "connected", "lost", "connected"]);
  });
  await order({ send: encode({ event: "run.changed", detail: exampleRun() }) });
  await vi.waitFor(() => {
    expect(heard).toEqual(["run-1"]);
  });
});

test("a refusal is told and ends the trying", async () => {
  const { transport: opened, states } = await open();
  await answerWith(401, refusal);
  await expect(opened.invoke("system.describe", {})).rejects.toMatchObject({
    code: "access.denied",
  });
  await vi.waitFor(() => {
    expect(sockets).toBe(0);
  });
  expect(states.at(-1)).toBe("refused");
});

test("a restarted server that does not know this browser is a refusal, not a lost connection", async () => {
  const { states } = await open();
  await answerWith(401, refusal);
  await order({ dropSockets: true });
  await vi.waitFor(() => {
    expect(states.at(-1)).toBe("refused");
  });
});

test("the token is traded for access, a wrong one is not", async () => {
  expect(await exchangeToken(base, "right")).toBe(true);
  expect(await exchangeToken(base, "wrong")).toBe(false);
});
