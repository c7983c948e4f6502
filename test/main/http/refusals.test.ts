/** What the server refuses before any command sees it, and the page with its headers. */
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contentSecurityPolicy } from "../../../main/contract/content-security-policy.ts";
import { buildServer } from "../../../main/http/server.ts";
import { createFakeApi } from "../../support/fake-api.ts";
import { upgrade } from "./running.ts";
import { json, runWithSession, type WithSession } from "./with-session.ts";

let server: WithSession["server"];
let cookie: string;
let invoke: WithSession["invoke"];

beforeAll(async () => {
  ({ server, cookie, invoke } = await runWithSession());
});
afterAll(() => server.close());

describe("what is refused before any command sees it", () => {
  const asked = () => server.api.calls.length;

  it("asks for a session on every route that is not the page or the token's exchange", async () => {
    const paths = ["/api/invoke", "/api/events", "/api/session", "/api", "/api/new", "/API/x"];
    for (const path of paths) {
      for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"]) {
        const answer = await server.ask(method, path, { origin: server.origin });
        expect([method, path, answer.status]).toEqual([method, path, 401]);
      }
    }
  });

  it("protects a route that its author forgot to protect", async () => {
    const listening = () => ({ hosts: new Set(["h"]), port: 1 });
    const page = import.meta.dirname;
    const app = await buildServer({ api: createFakeApi(), port: 0, page, token: "t" }, listening);
    app.get("/api/forgotten", () => "secret");
    app.get("/forgotten", () => "secret");
    for (const url of ["/api/forgotten", "/forgotten"]) {
      const answer = await app.inject({ url, headers: { host: "h" } });
      expect([url, answer.statusCode]).toEqual([url, 401]);
    }
    await app.close();
  });

  it.each([
    "evil.com",
    "localhost.evil.com:PORT",
    "127.0.0.1.nip.io:PORT",
    "LOCALHOST:PORT",
    "localhost.:PORT",
    "localhost",
    "localhost:1",
    "127.0.0.1:PORT:80",
    "user@127.0.0.1:PORT",
    "0.0.0.0:PORT",
    "2130706433:PORT",
    "0177.0.0.1:PORT",
    "[::ffff:127.0.0.1]:PORT",
    " ",
    "",
  ])("does not answer to the host name «%s»", async (name) => {
    const before = asked();
    const host = name.replace("PORT", String(server.port));
    for (const path of ["/", "/api/invoke"]) {
      const answer = await server.ask("POST", path, { ...json, host, cookie }, "{}");
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect([400, 403]).toContain(answer.status);
      expect(answer.body).not.toContain("<title>");
    }
    const socket = await server.ask("GET", "/api/events", {
      ...upgrade,
      host,
      cookie,
      origin: `http://${host}`,
    });
    expect([400, 403]).toContain(socket.status);
    expect(asked()).toBe(before);
  });

  it("does not believe X-Forwarded-Host", async () => {
    const headers = { host: "evil.com", "x-forwarded-host": server.host, cookie };
    expect((await server.ask("GET", "/", headers)).status).toBe(403);
  });

  it.each([
    ["two Host headers", (host: string) => `GET / HTTP/1.1\r\nHost: ${host}\r\nHost: evil.com`],
    ["no Host header", () => "GET / HTTP/1.1"],
    ["HTTP/1.0 without one", () => "GET / HTTP/1.0"],
    ["a proxy's request line", (host: string) => `GET http://evil.com/ HTTP/1.1\r\nHost: ${host}`],
  ])("refuses %s", async (_name, head) => {
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(server.port, "127.0.0.1", () => {
        socket.write(`${head(server.host)}\r\nConnection: close\r\n\r\n`);
      });
      let text = "";
      socket.on("data", (chunk) => (text += chunk.toString()));
      socket.on("end", () => {
        resolve(text);
      });
      socket.on("error", reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 (400|403) /);
    expect(answer).not.toContain("<title>");
  });

  it.each([
    "https://127.0.0.1:PORT",
    "http://127.0.0.1",
    "http://127.0.0.1:1",
    "http://localhost:PORT",
    "http://127.0.0.1:PORT.evil.com",
    "http://127.0.0.1:PORT/",
    "HTTP://127.0.0.1:PORT",
    "http://evil.com",
    "null",
    "",
  ])("refuses commands and events to a page of origin «%s»", async (text) => {
    const before = asked();
    const origin = text.replace("PORT", String(server.port));
    expect((await invoke("runs.list", {}, { origin })).status).toBe(403);
    const socket = await server.ask("GET", "/api/events", { ...upgrade, cookie, origin });
    expect(socket.status).toBe(403);
    expect(asked()).toBe(before);
  });

  it.each(["cross-site", "same-site"])("refuses commands that a browser calls %s", async (site) => {
    expect((await invoke("runs.list", {}, { "sec-fetch-site": site })).status).toBe(403);
  });

  it("opens events only with origin and session", async () => {
    const events = async (headers: Record<string, string>) =>
      (await server.ask("GET", "/api/events", { ...upgrade, ...headers })).status;
    expect(await events({ cookie })).toBe(403);
    expect(await events({ origin: server.origin })).toBe(401);
    expect(await events({ origin: server.origin, cookie: `${cookie}x` })).toBe(401);
    expect(await events({ origin: server.origin, cookie })).toBe(101);
  });

  it("opens no socket elsewhere", async () => {
    for (const path of ["/", "/api/invoke", "/nowhere", "/%"]) {
      const answer = await server.ask("GET", path, { ...upgrade, origin: server.origin, cookie });
      expect([400, 404]).toContain(answer.status);
    }
  });
});

describe("the page", () => {
  it("is served to anyone on this machine, with every protecting header", async () => {
    const answer = await server.ask("GET", "/");
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("<title>GAN Studio");
    expect(answer.headers).toMatchObject({
      "content-security-policy": contentSecurityPolicy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cache-control": "no-cache",
    });
    expect(contentSecurityPolicy).not.toMatch(/unsafe|\*|http:/);
  });

  it("lets browsers keep files whose name changes with their content", async () => {
    const answer = await server.ask("GET", "/assets/index-abc123.js");
    expect(answer.headers["content-type"]).toContain("javascript");
    expect(answer.headers["cache-control"]).toContain("immutable");
  });

  it("protects refusals and unknown addresses with the same headers", async () => {
    for (const headers of [{ host: "evil.com" }, {}]) {
      const answer = await server.ask("GET", "/nowhere", headers);
      expect(answer.headers["content-security-policy"]).toBe(contentSecurityPolicy);
    }
  });

  it.each([
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/%252e%252e/package.json",
    "/..%5cpackage.json",
    "/assets/../../etc/passwd",
    "/assets/..%2f..%2f..%2fetc%2fpasswd",
    "//etc/passwd",
    "//evil.com/%2e%2e",
    "/%00index.html",
    "/index.html%00.js",
    "/.env",
    "/%",
    "/%ff",
    "/assets",
    "/assets/",
  ])("has nothing at %s", async (path) => {
    const answer = await server.ask("GET", path);
    expect([400, 404]).toContain(answer.status);
    expect(answer.headers.location).toBeUndefined();
    expect(answer.body).not.toContain("root:");
  });
});
