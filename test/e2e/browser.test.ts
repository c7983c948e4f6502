/** The main job in a real browser: train from the page, watch, reload, restart, be killed, resume. */
import { execFileSync } from "node:child_process";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { RunSummary } from "../../main/contract/runs.ts";
import { chromiumMissing, chromiumNote, launchChromium } from "../support/chromium.ts";
import { engines } from "../support/engines.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { runProgram, startProgram, type Running } from "../support/program.ts";

interface Studio {
  server: Running;
  address: string;
}

async function serve(home: string): Promise<Studio> {
  const server = startProgram(home, "serve", "--port", "0");
  onTestFinished(() => {
    server.child.kill("SIGKILL");
  });
  const [address] = await server.printed(/http:\/\/\S+#token=\S+/);
  return { server, address };
}

const storedRuns = async (home: string): Promise<RunSummary[]> => {
  const { output } = await runProgram(home, "runs", "--json");
  return (JSON.parse(output) as { runs: RunSummary[] }).runs;
};

/** Processes whose parent is this one. */
function childrenOf(pid: number): number[] {
  try {
    const output = execFileSync("ps", ["-o", "pid=", "--ppid", pid.toString()], {
      encoding: "utf8",
    });
    return output.trim().split(/\s+/).map(Number);
  } catch {
    return [];
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => boolean, seconds: number): Promise<boolean> {
  const end = Date.now() + seconds * 1000;
  while (!condition() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 100));
  return condition();
}

const figure = (page: Page, name: string) =>
  page.locator("dl > div", { has: page.locator("dt", { hasText: name }) }).locator("dd");
const stepOf = async (page: Page) =>
  Number((await figure(page, "Step").innerText()).replace(/\D/g, ""));
const grids = (page: Page) =>
  page.getByRole("list", { name: "Grids by epoch" }).getByRole("button");
const gridOf = (page: Page, epoch: number) =>
  page.getByRole("button", { name: new RegExp(`epoch ${epoch.toString()}\\b`, "i") });

/** Opens the studio and starts a vanilla run with few, large batches an epoch. */
async function startRun(page: Page, address: string, epochs: number): Promise<void> {
  await page.goto(address);
  await page.getByRole("link", { name: "Design", exact: true }).first().click();
  await page.getByRole("radio", { name: /Vanilla/ }).check();
  await page.getByRole("spinbutton", { name: "Epochs" }).fill(epochs.toString());
  await page.getByRole("spinbutton", { name: "Batch size" }).fill("1000");
  await page.getByRole("button", { name: "Train", exact: true }).click();
  await page.getByRole("button", { name: "Stop and save" }).waitFor();
}

const isSlow = engines.some(({ name, missing }) => name === "tensorflow" && missing);
const slowNote = isSlow
  ? " (not run: without TensorFlow its training takes a quarter of an hour)"
  : "";

describe.skipIf(chromiumMissing || isSlow)(
  `the studio in a browser${chromiumNote}${slowNote}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium();
    });
    afterAll(async () => {
      await browser.close();
    });

    async function openPage(): Promise<Page> {
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      // A busy machine takes its time.
      page.setDefaultTimeout(120_000);
      const faults: string[] = [];
      page.on("pageerror", (error) => faults.push(error.message));
      page.on("console", (message) => {
        if (/Content Security Policy|Uncaught/.test(message.text())) faults.push(message.text());
      });
      onTestFinished(async () => {
        await page.close();
        expect(faults).toEqual([]);
      });
      return page;
    }

    it("trains, shows curve and gallery growing, and loses nothing on reload or restart", async () => {
      const home = temporaryFolder();
      const { server, address } = await serve(home);
      const page = await openPage();
      await page.goto(address);
      await page.getByText("No runs yet.").waitFor();
      expect(page.url()).not.toContain("token");
      await startRun(page, address, 4);

      await gridOf(page, 1).waitFor();
      const early = { step: await stepOf(page), grids: await grids(page).count() };
      await gridOf(page, 2).waitFor();
      expect(await stepOf(page)).toBeGreaterThan(early.step);
      expect(await grids(page).count()).toBeGreaterThan(early.grids);
      expect(await page.locator("canvas").count()).toBeGreaterThanOrEqual(2);

      const before = { step: await stepOf(page), grids: await grids(page).count() };
      await page.reload();
      await gridOf(page, 2).waitFor();
      await expect.poll(() => stepOf(page)).toBeGreaterThanOrEqual(before.step);
      expect(await grids(page).count()).toBeGreaterThanOrEqual(before.grids);

      await page.getByRole("button", { name: "Resume" }).waitFor();
      expect(await stepOf(page)).toBe(80);
      const all = await grids(page).count();
      expect(all).toBe(5);

      server.child.kill("SIGTERM");
      expect((await server.ended).code).toBe(0);
      const again = await serve(home);
      await page.goto("about:blank");
      await page.goto(again.address);
      await page.getByRole("link", { name: "Vanilla, dense" }).first().click();
      await gridOf(page, 4).waitFor();
      expect(await grids(page).count()).toBe(all);
      expect(await stepOf(page)).toBe(80);
      // The pictures themselves are there, not only their places.
      const picture = gridOf(page, 4).locator("img");
      await picture.waitFor();
      await expect
        .poll(() =>
          picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
        )
        .toBeGreaterThan(0);
    });

    it("pauses, continues and stops from the page", async () => {
      const { address } = await serve(temporaryFolder());
      const page = await openPage();
      await startRun(page, address, 1000);
      await expect.poll(() => stepOf(page), { timeout: 120_000 }).toBeGreaterThan(2);
      await page.getByRole("button", { name: "Pause" }).click();
      await page.getByRole("button", { name: "Continue" }).waitFor();
      const paused = await stepOf(page);
      await page.waitForTimeout(1500);
      expect(await stepOf(page)).toBe(paused);
      await page.getByRole("button", { name: "Continue" }).click();
      await expect.poll(() => stepOf(page), { timeout: 120_000 }).toBeGreaterThan(paused);
      await page.getByRole("button", { name: "Stop and save" }).click();
      await page.getByRole("button", { name: "Resume" }).waitFor();
    });

    it("killed while training leaves no orphan and loses no committed epoch; resume finishes it", async () => {
      const home = temporaryFolder();
      const { server, address } = await serve(home);
      const page = await openPage();
      await startRun(page, address, 1000);
      await gridOf(page, 2).waitFor();
      const sessions = childrenOf(server.child.pid ?? 0);
      expect(sessions.length).toBeGreaterThan(0);
      server.child.kill("SIGKILL");
      await server.ended;
      expect(await until(() => !sessions.some(isAlive), 10)).toBe(true);

      const [killed] = await storedRuns(home);
      expect(killed).toMatchObject({ status: "interrupted" });
      expect(killed?.epoch).toBeGreaterThanOrEqual(2);

      const again = await serve(home);
      await page.goto("about:blank");
      await page.goto(again.address);
      await page.getByRole("link", { name: "Vanilla, dense" }).first().click();
      await gridOf(page, killed?.epoch ?? 0).waitFor();
      await page.getByText("Interrupted").first().waitFor();
      again.server.child.kill("SIGTERM");
      await again.server.ended;

      const last = ((killed?.epoch ?? 0) + 1).toString();
      const ended = await runProgram(home, "resume", killed?.id ?? "", "--epochs", last, "--json");
      expect(JSON.parse(ended.output)).toMatchObject({ status: "finished", epoch: Number(last) });
    });

    it("is closed to a browser without the token", async () => {
      const { address } = await serve(temporaryFolder());
      const page = await openPage();
      await page.goto(address.replace(/#.*/, ""));
      await page
        .getByText(/terminal/)
        .first()
        .waitFor();
      expect(await page.getByRole("button", { name: "Train" }).count()).toBe(0);
    });
  },
);
