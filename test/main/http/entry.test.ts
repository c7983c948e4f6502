/**
 * The way in, tried on every route that the router knows: a route that somebody adds later is tried too.
 * And the other half of the matrix: what a visitor who may enter does is not refused.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildServer } from "../../../main/http/server.ts";
import { createFakeApi } from "../../support/fake-api.ts";
import { run, upgrade, type Running } from "./running.ts";

const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"];

let server: Running;
let routes: { path: string; methods: string[] }[] = [];

beforeAll(async () => {
  server = await run({ "runs.list": () => ({ runs: [], total: 0 }) });
  const listening = () => ({ hosts: new Set(["h"]), port: 1 });
  const options = { api: createFakeApi(), port: 0, page: server.page, token: "t" };
  const app = await buildServer(options, listening);
  const drawn = app.printRoutes({ commonPrefix: false });
  routes = [...drawn.matchAll(/── (\S+) \(([A-Z, ]+)\)/g)].map(([, path = "", list = ""]) => ({
    path: path.startsWith("/") ? path : `/${path}`,
    methods: list.split(", "),
  }));
  await app.close();
});
afterAll(() => server.close());

const isPage = (path: string) => !path.startsWith("/api/");
const json = { "content-type": "application/json" };
const command = JSON.stringify({ command: "runs.list", payload: {} });

it("knows the routes: the page's files, and three below /api", () => {
  expect(
    routes
      .filter(({ path }) => !isPage(path))
      .map(({ path }) => path)
      .sort(),
  ).toEqual(["/api/events", "/api/invoke", "/api/session"]);
  const page = routes.filter(({ path }) => isPage(path));
  expect(page.length).toBeGreaterThanOrEqual(3);
  for (const route of page) expect(route.methods.sort()).toEqual(["GET", "HEAD"]);
});

describe("without a right session", () => {
  let other: Running;
  let wrong: Record<string, string | undefined>;
  beforeAll(async () => {
    other = await run();
    const foreign = await other.enter();
    const own = await server.enter();
    const [name = "", value = ""] = own.split("=");
    wrong = {
      "no cookie": undefined,
      "an empty cookie": `${name}=`,
      "a wrong session": `${name}=${"A".repeat(43)}`,
      "a session's beginning": `${name}=${value.slice(0, -1)}`,
      "a session and more": `${own}A`,
      "the token itself": `${name}=${server.token}`,
      "another server's session": foreign,
      "another server's session under this name": `${name}=${foreign.split("=")[1] ?? ""}`,
      "a session under another name": `x${own}`,
    };
  });
  afterAll(() => other.close());

  it("answers nothing but the page, whatever the method", async () => {
    let tried = 0;
    for (const { path } of routes) {
      for (const method of methods) {
        if (isPage(path) && (method === "GET" || method === "HEAD")) continue;
        for (const [name, cookie] of Object.entries(wrong)) {
          if (path === "/api/session" && method === "POST") continue;
          const headers = { ...json, origin: server.origin, cookie };
          const body = method.startsWith("P") ? command : "";
          const answer = await server.ask(method, path, headers, body);
          // A page's file knows no other method.
          const expected = isPage(path) ? [400, 404] : [401];
          expect(expected, `${method} ${path} with ${name}`).toContain(answer.status);
          expect(answer.body).not.toContain("<title>");
          tried++;
        }
      }
    }
    expect(tried).toBeGreaterThan(200);
    expect(server.api.calls).toEqual([]);
  });

  it("opens no events", async () => {
    for (const [name, cookie] of Object.entries(wrong)) {
      const headers = { ...upgrade, origin: server.origin, cookie };
      const { status } = await server.ask("GET", "/api/events", headers);
      expect(status, name).toBe(401);
    }
  });
});

it("lets none of a thousand guesses in, and looks at ten of them", async () => {
  const other = await run();
  const answers: number[] = [];
  for (let guess = 0; guess < 1000; guess += 50) {
    const many = Array.from({ length: 50 }, (_, i) => (guess + i).toString().padStart(43, "A"));
    const asked = many.map((token) =>
      other.ask("POST", "/api/session", json, JSON.stringify({ token })),
    );
    for (const { status, headers } of await Promise.all(asked)) {
      answers.push(status);
      expect(headers["set-cookie"]).toBeUndefined();
    }
  }
  await other.close();
  expect(answers.filter((status) => status === 401)).toHaveLength(10);
  expect(answers.filter((status) => status === 429)).toHaveLength(990);
});

it("ends the oldest of many sessions, and none of the others", async () => {
  const other = await run({ "runs.list": () => ({ runs: [], total: 0 }) });
  const cookies: string[] = [];
  for (let i = 0; i < 65; i++) cookies.push(await other.enter());
  const status = async (cookie: string | undefined) =>
    (await other.ask("POST", "/api/invoke", { ...json, cookie }, command)).status;
  expect(await status(cookies[0])).toBe(401);
  expect(await status(cookies[1])).toBe(200);
  expect(await status(cookies[64])).toBe(200);
  await other.close();
});

describe("a visitor who may enter is not refused", () => {
  const cases: [string, (cookie: string) => Record<string, string>][] = [
    [
      "from the page, as browsers send it",
      () => ({ origin: server.origin, "sec-fetch-site": "same-origin" }),
    ],
    ["from a program, without an origin", () => ({})],
    [
      "by the name localhost",
      () => ({ host: named("localhost"), origin: `http://${named("localhost")}` }),
    ],
    [
      "by the other loopback address",
      () => ({ host: named("[::1]"), origin: `http://${named("[::1]")}` }),
    ],
    [
      "with the cookies of other ports beside",
      (own) => ({ cookie: `gan-studio-1=x; theme=dark; ${own}; a="b"` }),
    ],
    [
      "with a stale session of this port beside",
      (own) => ({ cookie: `${own.split("=")[0] ?? ""}=old; ${own}` }),
    ],
    [
      "through a proxy's added headers",
      () => ({ "x-forwarded-for": "10.0.0.1", "x-forwarded-proto": "https" }),
    ],
    ["with a charset named", () => ({ "content-type": "application/json; charset=utf-8" })],
    ["typed into the address bar", () => ({ "sec-fetch-site": "none" })],
  ];
  const named = (host: string) => `${host}:${server.port.toString()}`;

  it.each(cases)("asking %s", async (_case, headersOf) => {
    const cookie = await server.enter();
    const headers = { ...json, cookie, ...headersOf(cookie) };
    const answer = await server.ask("POST", "/api/invoke", headers, command);
    expect([answer.status, answer.body]).toEqual([200, '{"result":{"runs":[],"total":0}}']);
    const page = await server.ask("GET", "/", headersOf(cookie));
    expect(page.status).toBe(200);
  });

  it.each(cases.slice(0, 1).concat(cases.slice(2, 6)))("listening %s", async (_case, headersOf) => {
    const cookie = await server.enter();
    const headers = { ...upgrade, cookie, origin: server.origin, ...headersOf(cookie) };
    expect((await server.ask("GET", "/api/events", headers)).status).toBe(101);
  });

  it("in a hundred requests at once", async () => {
    const cookie = await server.enter();
    const asked = Array.from({ length: 100 }, () =>
      server.ask("POST", "/api/invoke", { ...json, cookie }, command),
    );
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]));
  });

  it("after others guessed wrong and their wait is over, or before their guesses are too many", async () => {
    const other = await run();
    const tell = (token: string) =>
      other.ask("POST", "/api/session", json, JSON.stringify({ token }));
    for (let i = 0; i < 9; i++) await tell("wrong");
    expect((await tell(other.token)).status).toBe(204);
    await other.close();
  });
});
