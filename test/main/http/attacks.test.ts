/**
 * Attacks that only a real browser can make: a foreign name that resolves to this machine, and pages
 * of other origins in the browser that holds the cookie. Needs Chromium; in CI its absence fails.
 */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run, type Running } from "./running.ts";

const executablePath = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

interface Asked {
  mode?: "no-cors";
  headers?: Record<string, string>;
}

describe.skipIf(executablePath === undefined && process.env.CI !== "true")("in a browser", () => {
  let server: Running;
  let neighbour: Running;
  let browser: Browser;
  let context: BrowserContext;

  beforeAll(async () => {
    server = await run({ "runs.list": () => ({ runs: [], total: 0 }) });
    neighbour = await run();
    const args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    const rules = "--host-resolver-rules=MAP rebind.test 127.0.0.1";
    browser = await chromium.launch({
      executablePath: executablePath ?? "chromium",
      args: [...args, rules],
    });
    context = await browser.newContext();
    const [name = "", value = ""] = (await server.enter()).split("=");
    // The cookie of someone who uses the studio in this browser.
    const cookie = { name, value, url: server.origin, httpOnly: true };
    await context.addCookies([{ ...cookie, sameSite: "Strict" as const }]);
  }, 30_000);
  afterAll(async () => {
    await browser.close();
    await server.close();
    await neighbour.close();
  });

  const openSocket = (page: Page, host: string) =>
    page.evaluate(
      (address) =>
        new Promise<string>((resolve) => {
          const socket = new WebSocket(address);
          socket.onopen = () => {
            resolve("open");
          };
          socket.onerror = () => {
            resolve("refused");
          };
        }),
      `ws://${host}/api/events`,
    );

  const invoke = (page: Page, origin: string, options: Asked = {}) =>
    page.evaluate(
      async ([address, init]) => {
        const body = '{"command":"runs.list","payload":{}}';
        try {
          const answer = await fetch(address, {
            method: "POST",
            body,
            credentials: "include",
            ...init,
          });
          return answer.status;
        } catch {
          return "failed";
        }
      },
      [`${origin}/api/invoke`, options] as const,
    );
  const json = { headers: { "content-type": "application/json" } };

  it("lets the studio's own page in", async () => {
    const page = await context.newPage();
    expect((await page.goto(`${server.origin}/`))?.status()).toBe(200);
    expect(await openSocket(page, server.host)).toBe("open");
    expect(await invoke(page, server.origin, json)).toBe(200);
    await page.close();
  });

  it("gives a rebound name neither the page nor commands nor events", async () => {
    const page = await context.newPage();
    const host = `rebind.test:${server.port}`;
    const calls = server.api.calls.length;
    expect((await page.goto(`http://${host}/`))?.status()).toBe(403);
    expect(await invoke(page, `http://${host}`, json)).toBe(403);
    expect(await openSocket(page, host)).toBe("refused");
    expect(server.api.calls).toHaveLength(calls);
    await page.close();
  });

  it("refuses a page of another port, which browsers count to the same site", async () => {
    const page = await context.newPage();
    // A page without our policy, as another program's would be.
    await page.route(`${neighbour.origin}/`, (route) =>
      route.fulfill({ contentType: "text/html", body: "<title>neighbour</title>" }),
    );
    await page.goto(`${neighbour.origin}/`);
    const calls = server.api.calls.length;
    expect(await openSocket(page, server.host)).toBe("refused");
    expect(await invoke(page, server.origin, json)).toBe("failed");
    await invoke(page, server.origin, { mode: "no-cors" });
    expect(server.api.calls).toHaveLength(calls);
    await page.close();
  });

  it("refuses a page without an origin", async () => {
    const page = await context.newPage();
    await page.goto("data:text/html,<title>nowhere</title>");
    const calls = server.api.calls.length;
    expect(await openSocket(page, server.host)).toBe("refused");
    await invoke(page, server.origin, { mode: "no-cors" });
    expect(server.api.calls).toHaveLength(calls);
    await page.close();
  });

  it("answers a rebound name's every way of asking with a refusal, although origin and host agree", async () => {
    const page = await context.newPage();
    const host = `rebind.test:${server.port}`;
    // The refusal itself is a page of that name; whatever the name showed before is of no more use.
    await page.goto(`http://${host}/`);
    const calls = server.api.calls.length;
    const answers = await page.evaluate(async () => {
      const ask = async (path: string, init?: RequestInit) => {
        const answer = await fetch(path, init);
        return [path, answer.status, (await answer.text()).includes("<title>")] as const;
      };
      const body = '{"command":"runs.list","payload":{}}';
      const headers = { "content-type": "application/json" };
      return [
        await ask("/"),
        await ask("/index.html"),
        await ask("/api/events"),
        await ask("/api/session", { method: "POST", headers, body: '{"token":"guess"}' }),
        await ask("/api/invoke", { method: "POST", headers, body }),
        await ask("/api/invoke", { method: "POST", body }),
        await ask("/api/invoke", { method: "DELETE" }),
      ];
    });
    for (const [path, status, isPage] of answers)
      expect([path, status, isPage]).toEqual([path, 403, false]);
    expect(await openSocket(page, host)).toBe("refused");
    expect(server.api.calls).toHaveLength(calls);
    await page.close();
  });

  it("refuses a socket to whoever has no cookie, and to a page in a sandbox", async () => {
    const stranger = await browser.newContext();
    const page = await stranger.newPage();
    await page.goto(`${server.origin}/`);
    expect(await openSocket(page, server.host)).toBe("refused");
    await stranger.close();

    const host = await context.newPage();
    await host.route(`${neighbour.origin}/`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: '<iframe sandbox="allow-scripts" srcdoc="<title>inner</title>"></iframe>',
      }),
    );
    await host.goto(`${neighbour.origin}/`);
    const inner = host.frames().find((frame) => frame !== host.mainFrame());
    await inner?.waitForLoadState();
    const answer = await inner?.evaluate<string>(`new Promise((resolve) => {
      const socket = new WebSocket("ws://${server.host}/api/events");
      socket.onopen = () => resolve("open as " + origin);
      socket.onerror = () => resolve("refused as " + origin);
    })`);
    expect(answer).toBe("refused as null");
    await host.close();
  });

  it("changes nothing for forms, pictures, scripts and beacons of another page", async () => {
    const page = await context.newPage();
    const command = '{"command":"runs.list","payload":{}}';
    await page.route(`${neighbour.origin}/`, (route) =>
      route.fulfill({
        contentType: "text/html",
        body: `<form method="post" enctype="text/plain" action="${server.origin}/api/invoke"><input name='${command.slice(0, -1)},"x":"' value='"}'></form>`,
      }),
    );
    await page.goto(`${neighbour.origin}/`);
    const calls = server.api.calls.length;
    const address = `${server.origin}/api/invoke`;
    const seen = await page.evaluate<string[]>(`(async () => {
      const loaded = (element) =>
        new Promise((resolve) => {
          element.onload = () => resolve("loaded");
          element.onerror = () => resolve("failed");
          element.src = "${address}?command=runs.list";
          document.body.append(element);
        });
      const body = ${JSON.stringify(command)};
      navigator.sendBeacon("${address}", body);
      navigator.sendBeacon("${address}", new Blob([body], { type: "text/plain" }));
      return [
        await loaded(document.createElement("img")),
        await loaded(document.createElement("script")),
      ];
    })()`);
    expect(seen).toEqual(["failed", "failed"]);
    const answered = page.waitForResponse(address);
    await page.evaluate('document.querySelector("form").submit()');
    expect([401, 403]).toContain((await answered).status());
    expect(server.api.calls).toHaveLength(calls);
    await page.close();
  });

  it("is shown in no frame", async () => {
    const page = await context.newPage();
    await page.goto("data:text/html,<title>outside</title>");
    await page.setContent(`<iframe src="${server.origin}/"></iframe>`);
    const frame = page.frames().find((inner) => inner !== page.mainFrame());
    await frame?.waitForLoadState().catch(() => undefined);
    expect(await frame?.title().catch(() => "")).not.toBe("GAN Studio");
    await page.close();
  });
});
