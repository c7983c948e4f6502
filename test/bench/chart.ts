/**
 * Whether the charts of a very long run stay smooth: a data folder with one run of so many measured
 * steps, browser mode on it, and a real Chromium that hovers, zooms, pans and smooths. Prints the
 * milliseconds between drawn frames; 16.7 is sixty a second.
 * `node test/bench/chart.ts [ROWS]`
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { presetOf } from "../../main/spec/presets.ts";
import { encodeFloat64s } from "../../main/store/float64s.ts";
import { openHome } from "../../main/store/home.ts";
import { measureColumns } from "../../main/store/measurements.ts";
import { insertRun } from "../../main/store/runs.ts";
import { seeded } from "../main/files/support/random.ts";
import { launchChromium } from "../support/chromium.ts";

const rows = Number(process.argv[2] ?? 200_000);
const id = "run-260101-long";
const folder = mkdtempSync(join(tmpdir(), "gan-studio-chart-"));

function fill(): void {
  const home = openHome(folder);
  const random = seeded(1);
  const { specification } = presetOf("vanilla-mlp");
  insertRun(home, {
    ...{ id, name: "A long run", status: "starting", dataset: "Digits", engine: "tensorflow" },
    ...{ createdAt: 1_760_000_000_000, specification },
  });
  const insert = home.database.prepare("INSERT INTO measurements VALUES (?, ?, ?)");
  home.database.transaction(() => {
    for (let step = 1; step <= rows; step++) {
      const values = measureColumns.map(
        (_, place) => 1 + place + Math.sin(step / 9000) + random(1000) / 1000,
      );
      insert.run(id, step, encodeFloat64s(values));
    }
    home.database
      .prepare("UPDATE runs SET status = 'finished', step = ?, epoch = 400 WHERE id = ?")
      .run(rows, id);
  })();
  home.close();
}

/** Milliseconds between frames while `work` goes on. */
async function frames(page: Page, work: () => Promise<void>): Promise<number[]> {
  await page.evaluate(() => {
    const world = globalThis as unknown as {
      times?: number[];
      requestAnimationFrame(next: (at: number) => void): void;
    };
    // One loop for all; each measurement begins an empty list.
    const isCounting = world.times !== undefined;
    world.times = [];
    if (isCounting) return;
    const next = (at: number) => {
      world.times?.push(at);
      world.requestAnimationFrame(next);
    };
    world.requestAnimationFrame(next);
  });
  await work();
  const times = await page.evaluate(() => (globalThis as unknown as { times: number[] }).times);
  return times.slice(1).map((at, index) => at - (times[index] ?? at));
}

function report(what: string, intervals: number[]): void {
  const sorted = intervals.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? NaN).toFixed(1);
  process.stdout.write(
    `${what.padEnd(10)} ${sorted.length.toString().padStart(4)} frames, median ${at(0.5)} ms, 95 % within ${at(0.95)} ms, worst ${at(1)} ms\n`,
  );
}

fill();
const entry = fileURLToPath(new URL("../../main/cli/main.ts", import.meta.url));
const program = spawn(process.execPath, [entry, "serve", "--port", "0", "--home", folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
const address = await new Promise<string>((resolve) => {
  let printed = "";
  program.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    const [found] = /http:\/\/\S+#token=\S+/.exec(printed) ?? [];
    if (found) resolve(found);
  });
});
const browser = await launchChromium();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(address);
const begun = performance.now();
await page.goto(`${address.split("#")[0] ?? ""}#/runs/${id}`);
await page.locator("canvas").first().waitFor();
process.stdout.write(
  `${rows.toLocaleString("en")} measured steps; charts there after ${(performance.now() - begun).toFixed(0)} ms\n`,
);
await page.waitForTimeout(2000);
const box = await page.locator("canvas").first().boundingBox();
if (!box) throw new Error("the chart is not shown");
const middle = box.y + box.height / 2;
const press = (name: string) => page.getByRole("button", { name, exact: true }).first().click();

report(
  "hovering",
  await frames(page, async () => {
    for (let turn = 0; turn < 240; turn++)
      await page.mouse.move(box.x + 60 + ((turn * 7) % (box.width - 80)), middle);
  }),
);
report(
  "zooming",
  await frames(page, async () => {
    for (let turn = 0; turn < 4; turn++) await press("Look closer");
    await page.waitForTimeout(500);
  }),
);
report(
  "panning",
  await frames(page, async () => {
    for (let turn = 0; turn < 6; turn++) await press("Later steps");
    await page.waitForTimeout(500);
  }),
);
report(
  "smoothing",
  await frames(page, async () => {
    await page.getByRole("slider", { name: "Smoothing" }).focus();
    for (let turn = 0; turn < 20; turn++) await page.keyboard.press("ArrowLeft");
    await page.waitForTimeout(500);
  }),
);
await browser.close();
program.kill("SIGTERM");
await new Promise((resolve) => program.once("exit", resolve));
rmSync(folder, { recursive: true, force: true });
