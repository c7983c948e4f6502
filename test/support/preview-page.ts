/** The preview of every screen in a real browser: opened for a file's tests, with a page for each of them. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished } from "vitest";
import { launchChromium } from "./chromium.ts";
import { servePreview, type Preview } from "./preview.ts";

export interface PreviewPages {
  /** Without a fragment, which chooses the screen. */
  address: () => string;
  /** A page with its heading there; what its console tells of is a fault, once the test has ended. */
  openPage: (fragment: string, options?: BrowserContextOptions) => Promise<Page>;
}

/** Called at the top of a suite. */
export function previewInChromium(): PreviewPages {
  let browser: Browser;
  let preview: Preview;
  beforeAll(async () => {
    [browser, preview] = await Promise.all([launchChromium(), servePreview()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), preview.close()]);
  });

  return {
    address: () => preview.address,
    async openPage(fragment, options = {}) {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
        ...options,
      });
      const page = await context.newPage();
      page.setDefaultTimeout(60_000);
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) faults.push(message.text());
      });
      onTestFinished(async () => {
        await context.close();
        expect(faults).toEqual([]);
      });
      await page.goto(preview.address + fragment);
      await headingOf(page).waitFor();
      return page;
    },
  };
}

export const headingOf = (page: Page) => page.getByRole("main").getByRole("heading", { level: 1 });

export const fragmentOf = (page: Page): string => new URL(page.url()).hash;
