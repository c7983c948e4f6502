/**
 * The desktop app itself: its built main process, preload file, page and session process, on a
 * stand-in for Electron that drives a real Chromium (test/support/electron), and on Electron itself
 * where its binary is found. What neither can show is listed in docs/desktop-checklist.md.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildShell } from "../../scripts/start/electron.mjs";
import type { RunSummary } from "../../main/contract/runs.ts";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { launchDesktop, type DesktopApp } from "../support/electron/launch.ts";
import { electronMissing, electronNote, launchElectron } from "../support/electron/real.ts";
import { runProgram } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { tensorflowMissing, tensorflowTitle } from "../support/tensorflow.ts";

const root = join(import.meta.dirname, "..", "..");

const shells = [
  [
    `the stand-in for Electron${chromiumNote}, ${tensorflowTitle}`,
    { start: launchDesktop, isReal: false, isMissing: chromiumMissing },
  ],
  [
    `Electron itself${electronNote}, ${tensorflowTitle}`,
    { start: launchElectron, isReal: true, isMissing: electronMissing !== null },
  ],
] as const;

const storedRuns = async (home: string): Promise<RunSummary[]> => {
  const { output } = await runProgram(home, "runs", "--json");
  return (JSON.parse(output) as { runs: RunSummary[] }).runs;
};

const stop = (page: Page) => page.getByRole("button", { name: "Stop and save" });
const gridOf = (page: Page, epoch: number) =>
  page.getByRole("button", { name: new RegExp(`epoch ${epoch.toString()}\\b`, "i") });

function childrenOf(pid: number): string {
  try {
    return execFileSync("ps", ["-o", "args=", "--ppid", pid.toString()], { encoding: "utf8" });
  } catch {
    return "";
  }
}

describe.each(shells)("the desktop app on %s", (_title, shell) => {
  const { start, isReal, isMissing } = shell;
  const run = it.skipIf(isMissing || tensorflowMissing);

  async function launch(home: string): Promise<DesktopApp> {
    const own = `--user-data-dir=${temporaryFolder()}`;
    const app = await start(join(root, "dist", "electron", "main.js"), "--home", home, own);
    app.window.setDefaultTimeout(120_000);
    onTestFinished(app.kill);
    return app;
  }

  beforeAll(async () => {
    if (!isMissing) expect(await buildShell(root)).toBeNull();
  }, 120_000);

  run("gives its page the studio's bridge and nothing of Node or Electron", async () => {
    const { window, quit } = await launch(temporaryFolder());
    await window.getByText("No runs yet.").waitFor();
    const seen = await window.evaluate(() => {
      const page = globalThis as unknown as { ganStudio: object } & Record<string, unknown>;
      return {
        bridge: Object.keys(page.ganStudio).sort(),
        frozen: Object.isFrozen(page.ganStudio),
        node: [typeof page.require, typeof page.process, typeof page.electronStandInSend],
      };
    });
    expect(seen).toEqual({
      bridge: ["ask", "invoke", "onWish", "pathOf", "subscribe"],
      frozen: true,
      node: ["undefined", "undefined", "undefined"],
    });
    expect(await quit()).toBe(0);
  });

  run("trains, saves when it is quit meanwhile, and goes on after the next start", async () => {
    const home = temporaryFolder();
    const first = await launch(home);
    const page = first.window;
    await page.getByRole("link", { name: "Design", exact: true }).first().click();
    await page.getByRole("radio", { name: /Vanilla/ }).check();
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("3");
    await page.getByRole("spinbutton", { name: "Batch size" }).fill("1000");
    await page.getByRole("button", { name: "Train", exact: true }).click();
    await gridOf(page, 1).waitFor();
    // Electron names its own processes by their kind. Other systems have another `ps`, or none.
    if (process.platform === "linux")
      expect(childrenOf(first.pid)).toContain(isReal ? "--type=utility" : "session.js");
    // «Save and quit», to the question that stands before it.
    first.order({ answer: { response: 0 } });
    expect(await first.quit()).toBe(0);
    expect(first.seen("message box")).toHaveLength(1);

    const [saved] = await storedRuns(home);
    expect(saved).toMatchObject({ status: "stopped" });
    expect(saved?.epoch).toBeGreaterThanOrEqual(1);
    expect(saved?.step).toBeLessThan(60);

    const second = await launch(home);
    await second.window.getByRole("link", { name: "Vanilla, dense" }).first().click();
    await second.window.getByRole("button", { name: "Resume" }).click();
    await gridOf(second.window, 3).waitFor();
    await stop(second.window).waitFor({ state: "detached" });
    expect(await second.quit()).toBe(0);
    expect(await storedRuns(home)).toMatchObject([{ status: "finished", epoch: 3, step: 60 }]);
  });

  // Electron shows that sentence in a box that only a person can close.
  it.skipIf(isReal || isMissing || tensorflowMissing)(
    "says in a sentence why it cannot start on a folder that is in use",
    async () => {
      const home = temporaryFolder();
      const { quit } = await launch(home);
      await expect(launch(home)).rejects.toThrow(
        /GAN Studio cannot start: .+ is in use by another/,
      );
      expect(await quit()).toBe(0);
    },
  );

  run("lets its page go nowhere else and open nothing", async () => {
    const { window, quit } = await launch(temporaryFolder());
    await window.getByText("No runs yet.").waitFor();
    const here = window.url();
    await window.evaluate(() => {
      const page = globalThis as unknown as { location: { href: string }; open(to: string): void };
      page.open("https://example.invalid/");
      page.location.href = "https://example.invalid/";
    });
    await window.waitForTimeout(500);
    expect(window.url()).toBe(here);
    expect(
      window
        .context()
        .pages()
        .filter((page) => page.url().includes("invalid")),
    ).toEqual([]);
    expect(await quit()).toBe(0);
  });
});
