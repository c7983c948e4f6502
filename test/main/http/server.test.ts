import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../../main/http/server.ts";
import { createFakeApi } from "../../support/fake-api.ts";
import { run, upgrade } from "./running.ts";
import { json, runWithSession, type WithSession } from "./with-session.ts";

let server: WithSession["server"];
let cookie: string;
let invoke: WithSession["invoke"];

beforeAll(async () => {
  ({ server, cookie, invoke } = await runWithSession());
});
afterAll(() => server.close());

describe("the way in", () => {
  it("gives for the token a cookie that no script reads and no other site sends", async () => {
    const body = JSON.stringify({ token: server.token });
    const answer = await server.ask("POST", "/api/session", json, body);
    expect(answer.status).toBe(204);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(
      /^gan-studio-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect(answer.headers["set-cookie"]?.[0]).not.toContain(server.token);
  });

  it("prints an address whose token stays in the browser", () => {
    const address = new URL(server.address);
    expect(address.hash).toBe(`#token=${server.token}`);
    expect(address.search).toBe("");
    expect(Buffer.from(server.token, "base64url")).toHaveLength(32);
  });

  it.each([{}, { token: "" }, { token: 7 }, { token: ["a"] }, null, [], "text"])(
    "refuses %j in place of the token",
    async (body) => {
      const other = await run();
      const answer = await other.ask("POST", "/api/session", json, JSON.stringify(body));
      await other.close();
      expect(answer.status).toBe(401);
      expect(answer.headers["set-cookie"]).toBeUndefined();
    },
  );

  it("refuses a prefix of the token, and after ten wrong ones even the right one for a while", async () => {
    const other = await run();
    const tell = (token: string) =>
      other.ask("POST", "/api/session", json, JSON.stringify({ token }));
    const statuses: number[] = [];
    for (let i = 0; i < 11; i++) statuses.push((await tell(other.token.slice(0, -1))).status);
    const right = await tell(other.token);
    await other.close();
    expect(statuses).toEqual([...Array<number>(10).fill(401), 429]);
    expect(right.status).toBe(429);
    expect(Number(right.headers["retry-after"])).toBeGreaterThan(0);
  });

  it("refuses another server's session", async () => {
    const other = await run();
    const answer = await server.ask(
      "POST",
      "/api/invoke",
      { ...json, cookie: await other.enter() },
      JSON.stringify({ command: "runs.list", payload: {} }),
    );
    await other.close();
    expect(answer.status).toBe(401);
  });
});

describe("commands", () => {
  it("carries numbers and bytes that JSON has no form for", async () => {
    const list = await invoke("runs.list", {});
    expect(list.status).toBe(200);
    expect(list.headers["content-type"]).toContain("application/json");
    expect(list.headers["cache-control"]).toBe("no-store");
    expect(list.body).toContain(
      '"losses":{"generator":{"$":"NaN"},"discriminator":{"$":"-Infinity"}}',
    );
    const image = await invoke("runs.sampleImage", { id: "a", step: 1 });
    expect(JSON.parse(image.body)).toEqual({ result: { png: { $bytes: "AQL/" } } });
  });

  it("tells a problem's code and sentence with a fitting status", async () => {
    const answer = await invoke("runs.get", { id: "x" });
    expect(answer.status).toBe(404);
    expect(JSON.parse(answer.body)).toEqual({
      error: { code: "run.unknown", message: "There is no run «x»." },
    });
  });

  it("keeps the stack of an unexpected error to itself", async () => {
    const answer = await invoke("datasets.list", {});
    expect(answer.status).toBe(500);
    expect(answer.body).not.toContain(".ts:");
    expect(server.errors.at(-1)).toBeInstanceOf(Error);
  });

  it.each([
    ["an unknown command", { command: "runs.erase", payload: {} }],
    ["a name of Object's", { command: "constructor", payload: {} }],
    ["__proto__ as a command", { command: "__proto__", payload: {} }],
    ["no payload object", { command: "runs.list", payload: null }],
    ["a surplus field", { command: "runs.list", payload: {}, more: 1 }],
    ["a wrong type", { command: "runs.list", payload: { limit: "all" } }],
    ["a path as an id", { command: "runs.get", payload: { id: "../etc" } }],
    ["a list", []],
  ])("calls %s wrong usage", async (_name, body) => {
    const answer = await server.ask(
      "POST",
      "/api/invoke",
      { ...json, cookie },
      JSON.stringify(body),
    );
    expect(answer.status).toBe(400);
    expect(JSON.parse(answer.body)).toMatchObject({ error: { code: "usage" } });
  });

  it.each(["{", "", '{"command":', "[".repeat(200_000)])(
    "survives a body that is no JSON (%#)",
    async (body) => {
      const answer = await server.ask("POST", "/api/invoke", { ...json, cookie }, body);
      expect(answer.status).toBe(400);
    },
  );

  it("does not let a body change what all objects inherit", async () => {
    const body = '{"command":"runs.list","payload":{"__proto__":{"polluted":true}}}';
    const answer = await server.ask("POST", "/api/invoke", { ...json, cookie }, body);
    expect(answer.status).toBe(400);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it("refuses bodies above 1 MiB", async () => {
    const body = JSON.stringify({ command: "x".repeat(1024 * 1024 + 1) });
    const answer = await server.ask("POST", "/api/invoke", { ...json, cookie }, body);
    expect(answer.status).toBe(413);
  });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])(
    "refuses %s, which a form of another site can send",
    async (type) => {
      const answer = await server.ask(
        "POST",
        "/api/invoke",
        { "content-type": type, cookie },
        '{"command":"runs.list","payload":{}}',
      );
      expect(answer.status).toBe(415);
    },
  );
});

describe("starting and ending", () => {
  it("listens on the loopback address alone", async () => {
    const refused = await new Promise<string>((resolve) => {
      const socket = connect(server.port, "127.0.0.2");
      socket.on("connect", () => {
        socket.destroy();
        resolve("connected");
      });
      socket.on("error", () => {
        resolve("refused");
      });
    });
    expect(refused).toBe("refused");
  });

  it("says which port is taken", async () => {
    const start = startServer({ api: createFakeApi(), port: server.port, page: server.page });
    await expect(start).rejects.toThrow(/in use.*--port/);
  });

  it("says that the page is not built", async () => {
    const start = startServer({ api: createFakeApi(), port: 0, page: "/nonexistent" });
    await expect(start).rejects.toThrow(/not built.*npm start/);
  });

  it("keeps no connection of a refused upgrade", async () => {
    const other = await run();
    for (const host of ["evil.com", other.host]) {
      const answer = await other.ask("GET", "/api/events", { ...upgrade, host });
      expect(answer.status).toBe(403);
    }
    // Would wait for ever for a socket that nobody ends.
    await other.close();
  });

  it("closes at once although a page listens, and ends its subscriptions", async () => {
    const other = await run();
    const own = await other.enter();
    const socket = new WebSocket(`ws://${other.host}/api/events`, {
      headers: { cookie: own, origin: other.origin },
    });
    await new Promise((resolve) => {
      socket.addEventListener("open", resolve);
    });
    expect(other.api.listeners()).toBeGreaterThan(0);
    const closed = new Promise((resolve) => {
      socket.addEventListener("close", resolve);
    });
    await other.close();
    await closed;
    expect(other.api.listeners()).toBe(0);
    expect(other.api.closed()).toBe(0);
  });
});
