/** Visitors who want to exhaust the server: none needs a session for it, so all of it is refused or cut. */
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { run, upgrade, type Running } from "./running.ts";

/** A busy machine takes its time. */
const patient = { timeout: 20_000 };

let server: Running;
const open = new Set<Socket>();
beforeEach(async () => {
  server = await run({ "runs.list": () => ({ runs: [], total: 0 }) });
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  open.clear();
  await server.close();
});

/** A connection that says this first; what it hears, and how it ended. */
function say(
  text: string | Buffer,
  port = server.port,
): { socket: Socket; heard: () => string; ended: Promise<void> } {
  const socket = connect(port, "127.0.0.1");
  open.add(socket);
  let heard = "";
  const ended = new Promise<void>((resolve) => {
    socket.once("close", () => {
      open.delete(socket);
      resolve();
    });
  });
  socket.on("error", () => undefined);
  socket.on("data", (chunk) => (heard += chunk.toString("latin1")));
  socket.write(text);
  return { socket, heard: () => heard, ended };
}

const stillServes = async () => {
  const answer = await server.ask("GET", "/");
  expect(answer.status).toBe(200);
};

const post = (headers: string) =>
  `POST /api/session HTTP/1.1\r\nHost: ${server.host}\r\nContent-Type: application/json\r\n${headers}\r\n\r\n`;

describe("a body", () => {
  it("that is announced as a gigabyte is refused before it comes", async () => {
    const { heard, ended } = say(post("Content-Length: 1073741824\r\nConnection: close"));
    await expect.poll(heard, patient).toContain("413");
    await ended;
    await stillServes();
  });

  it("that never ends is cut at its limit", async () => {
    const { socket, heard, ended } = say(post("Transfer-Encoding: chunked"));
    const piece = Buffer.alloc(65_536, 32);
    const chunk = Buffer.concat([Buffer.from("10000\r\n"), piece, Buffer.from("\r\n")]);
    let sent = 0;
    while (!socket.destroyed && !heard().includes("413") && sent < 4096) {
      if (!socket.write(chunk)) await new Promise((resolve) => setTimeout(resolve, 1));
      sent++;
    }
    await expect.poll(() => heard().includes("413") || socket.destroyed, patient).toBe(true);
    // A quarter of a gigabyte would have gone through.
    expect(sent).toBeLessThan(4096);
    socket.destroy();
    await ended;
    await stillServes();
  });

  it("that is packed is not unpacked", async () => {
    const headers = { "content-type": "application/json", "content-encoding": "gzip" };
    const answer = await server.ask(
      "POST",
      "/api/session",
      headers,
      Buffer.from("1f8b0800", "hex"),
    );
    expect(answer.status).toBe(400);
  });
});

it("headers without an end are cut", async () => {
  const { socket, heard, ended } = say(`GET / HTTP/1.1\r\nHost: ${server.host}\r\n`);
  const line = `X-Filler: ${"a".repeat(8000)}\r\n`;
  for (let i = 0; i < 10 && !socket.destroyed; i++) socket.write(line);
  await ended;
  expect(heard()).toMatch(/^HTTP\/1\.1 (431|400) /);
  await stillServes();
});

it("requests that come bit by bit are given up, and keep nobody waiting until then", async () => {
  const impatient = await run({}, { patience: 200 });
  const head = `GET / HTTP/1.1\r\nHost: ${impatient.host}\r\n`;
  const slow = Array.from({ length: 50 }, () => say(head, impatient.port));
  const drip = setInterval(() => {
    for (const { socket } of slow) if (!socket.destroyed) socket.write("X: y\r\n");
  }, 50);
  expect((await impatient.ask("GET", "/")).status).toBe(200);
  await Promise.all(slow.map(({ ended }) => ended));
  clearInterval(drip);
  for (const { heard } of slow) expect(heard()).toMatch(/^HTTP\/1\.1 408 /);
  await impatient.close();
});

it("connections beyond the limit are dropped at once, and the server serves on when they leave", async () => {
  const many = Array.from({ length: 600 }, () => say("G"));
  const dropped = () => many.filter(({ socket }) => socket.destroyed).length;
  await expect.poll(dropped, patient).toBe(600 - 256);
  for (const { socket } of many) socket.destroy();
  await Promise.all(many.map(({ ended }) => ended));
  const status = () =>
    server.ask("GET", "/").then(
      (answer) => answer.status,
      () => 0,
    );
  await expect.poll(status, patient).toBe(200);
});

describe("a page that may listen", () => {
  async function listening(): Promise<ReturnType<typeof say>> {
    const headers = { ...upgrade, cookie: await server.enter(), origin: server.origin };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const head = ["GET /api/events HTTP/1.1", `Host: ${server.host}`, ...lines, "", ""].join(
      "\r\n",
    );
    const connection = say(head);
    await expect.poll(connection.heard, patient).toContain("101 Switching Protocols");
    return connection;
  }
  const mask = Buffer.alloc(4);
  const frame = (first: number, length: Buffer | number, payload = Buffer.alloc(0)) =>
    Buffer.concat([
      typeof length === "number"
        ? Buffer.from([first, 0x80 | length])
        : Buffer.concat([Buffer.from([first, 0x80 | 127]), length]),
      mask,
      payload,
    ]);

  it("is cut off at the announcement of a frame of 100 MB", async () => {
    const { socket, ended } = await listening();
    const length = Buffer.alloc(8);
    length.writeBigUInt64BE(100_000_000n);
    socket.write(frame(0x82, length));
    await ended;
    await stillServes();
  });

  it("is cut off by 131,072 fragments of one message", async () => {
    const { socket, ended } = await listening();
    socket.write(frame(0x01, 1, Buffer.from("a")));
    const part = frame(0x00, 1, Buffer.from("a"));
    const parts = Buffer.concat(Array.from({ length: 1024 }, () => part));
    for (let i = 0; i < 128 && !socket.destroyed; i++) socket.write(parts);
    await ended;
    await stillServes();
  });

  it("is cut off when it sends what is packed, which was not agreed on", async () => {
    const { socket, ended } = await listening();
    socket.write(frame(0xc1, 4, Buffer.from("abcd")));
    await ended;
    await stillServes();
  });
});
