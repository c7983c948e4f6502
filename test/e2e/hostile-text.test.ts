/**
 * Texts from outside (names of runs, data sets, classes, files; reasons and events of an imported run)
 * that want to be scripts, shown by the real page from the real server in a real Chromium: each must stand
 * there as text, no script of theirs may run, and the page's policy must have had nothing to stop.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RunSummary } from "../../main/contract/runs.ts";
import { startServer, type RunningServer } from "../../main/http/server.ts";
import { chromiumMissing, chromiumNote, launchChromium } from "../support/chromium.ts";
import { createFakeApi, runSummary } from "../support/fake-api.ts";

const page = join(import.meta.dirname, "..", "..", "dist", "renderer");
const isBuilt = existsSync(join(page, "index.html"));
const builtNote = isBuilt ? "" : " (not run: the page is not built; npm test builds it)";

const run = "globalThis.ran=1";
const forms = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}">`,
  `<svg><script>${run}</script></svg>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<a href="javascript:${run}">x</a>`,
  `<details open ontoggle="${run}">x</details>`,
  `<input autofocus onfocus="${run}">`,
  `<style>@import "javascript:${run}"</style>`,
  `<math><mtext><img src=x onerror="${run}"></mtext></math>`,
  `<template><img src=x onerror="${run}"></template>`,
  `<object data="javascript:${run}"></object>`,
  `<base href="javascript:${run}//">`,
  `<meta http-equiv="refresh" content="0;url=javascript:${run}">`,
  `javascript:${run}`,
  `{@html "<img src=x onerror='${run}'>"}`,
  `{${run}}`,
  `\${${run}}`,
  `"-(${run})-"`,
  `');${run};//`,
];
const wrappings: ((form: string) => string)[] = [
  (form) => form,
  (form) => `">${form}`,
  (form) => `'>${form}`,
  (form) => `</option></select></textarea></title></style></script>${form}`,
  (form) => `<!--${form}-->${form}`,
  (form) => form.toUpperCase().replaceAll("GLOBALTHIS.RAN", "globalThis.ran"),
  (form) => form.replaceAll("<", "\u003c").replaceAll(" ", "/"),
  (form) => form.replaceAll("<", "&lt;"),
  (form) => `\u202e${form}\u0000`.replaceAll("\u0000", ""),
  (form) => `<${form}`,
];
const payloads = forms.flatMap((form) => wrappings.map((wrap) => wrap(form)));

const runs: RunSummary[] = payloads.map((text, i) =>
  runSummary({
    ...{ id: `run-${i}`, name: text, dataset: text, status: "failed", reason: text, tags: [text] },
    ...{ createdAt: 1_700_000_000_000 + i, updatedAt: 1_700_000_000_000 + i },
  }),
);

describe.skipIf(chromiumMissing || !isBuilt)(
  `texts that want to be scripts${chromiumNote}${builtNote}`,
  () => {
    let server: RunningServer;
    let browser: Browser;

    beforeAll(async () => {
      const api = createFakeApi({
        "runs.list": ({ offset = 0, limit = 50 }) => ({
          runs: runs.slice(offset, offset + limit),
          total: runs.length,
        }),
        "runs.get": ({ id }) => {
          throw new Error(payloads[Number(id.slice(4))]);
        },
        "datasets.list": () => ({
          datasets: payloads.slice(0, 40).map((text, i) => ({
            ...{
              id: `data-${i}`,
              name: text,
              length: 2,
              classCounts: [1, 1],
              classNames: [text, text],
            },
            source: { kind: "idx", path: text } as never,
            image: { height: 28, width: 28, channels: 1 },
            ...{ unusable: [{ file: text, reason: text }], unusableCount: 1 },
          })),
        }),
        "system.notices": () => ({ notices: payloads.slice(0, 20) }),
      });
      server = await startServer({ api, port: 0, page });
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser.close();
      await server.close();
    });

    /** Opens a screen, and gives what the browser had to stop. */
    async function open(fragment: string): Promise<{ shown: Page; stopped: string[] }> {
      const stopped: string[] = [];
      const shown = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      shown.on("console", (message) => {
        if (/Content Security Policy|Trusted/i.test(message.text())) stopped.push(message.text());
      });
      shown.on("dialog", () => stopped.push("a dialog"));
      await shown.goto(server.address);
      await shown.waitForURL((url) => !url.hash.includes("token"));
      await shown.goto(`${server.address.split("#")[0] ?? ""}${fragment}`);
      return { shown, stopped };
    }

    const ran = (shown: Page) => shown.evaluate(() => (globalThis as { ran?: number }).ran ?? 0);

    it("are two hundred, and stand as text in the list of runs", async () => {
      expect(new Set(payloads).size).toBeGreaterThanOrEqual(180);
      const { shown, stopped } = await open("#/runs");
      await shown
        .getByText(payloads[0] ?? "", { exact: true })
        .first()
        .waitFor();
      // The list draws what is seen: every row must have been.
      const seen = new Set<string>();
      for (let top = 0; top < 200; top++) {
        for (const text of await shown.locator("main").getByRole("link").allInnerTexts())
          seen.add(text);
        const atEnd = await shown.evaluate<boolean>(
          "(() => { const before = scrollY; scrollBy(0, 400); return scrollY === before; })()",
        );
        if (atEnd) break;
      }
      expect(await ran(shown)).toBe(0);
      expect(stopped).toEqual([]);
      expect([...seen].filter((text) => text.includes("globalThis.ran")).length).toBeGreaterThan(
        40,
      );
      await shown.close();
    });

    it.each(["#/data", "#/runs/run-0", "#/runs/run-3", "#/compare?runs=run-1,run-2", "#/new"])(
      "run nowhere on the screen %s",
      async (fragment) => {
        const { shown, stopped } = await open(fragment);
        await shown.locator("main").waitFor();
        await shown.waitForLoadState("networkidle");
        expect(await ran(shown)).toBe(0);
        expect(stopped).toEqual([]);
        await shown.close();
      },
    );

    it("would be noticed: the same text as markup is stopped, and told", async () => {
      const { shown, stopped } = await open("#/runs");
      // Trusted types refuse the assignment itself, and say so.
      await shown.evaluate(`(() => {
        const frame = document.createElement("div");
        try {
          frame.innerHTML = ${JSON.stringify(payloads[10])};
          document.body.append(frame);
        } catch {}
      })()`);
      await expect.poll(() => stopped.length, { timeout: 20_000 }).toBeGreaterThan(0);
      expect(await ran(shown)).toBe(0);
      await shown.close();
    });
  },
);
