/**
 * Pictures of every screen of a running studio, for the README: 1280×800, as PNG files with a palette
 * of their own, each under 200 kB.
 *
 *   npm run -s gan-studio -- serve --home FOLDER          (prints ADDRESS)
 *   node test/support/draw-screens.ts ADDRESS RUN OTHER [FOLDER]
 *
 * RUN is shown on the screens of one run, compared with OTHER; FOLDER is docs/screens when none is named.
 * Folders of the machine and its system's version are written as anybody's.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "./chromium.ts";

const most = 200_000;
const [address = "", run = "", other = "", given] = process.argv.slice(2);
const folder = given ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));

const screens: readonly [name: string, fragment: string][] = [
  ["runs", "/runs"],
  ["design", "/new"],
  ["train", `/runs/${run}`],
  ["compare", `/compare?runs=${run},${other}`],
  ["explore", `/explore/${run}`],
  ["export", `/export/${run}`],
  ["data", "/data"],
  ["settings", "/settings"],
];
const alsoDark = ["train", "compare", "design"];

/** Fewer colours until it is small enough; flat surfaces need few. */
async function compressed(png: Buffer): Promise<Buffer> {
  for (const colours of [256, 128, 64, 32]) {
    const small = await sharp(png)
      .png({ palette: true, colours, effort: 10, compressionLevel: 9 })
      .toBuffer();
    if (small.length < most) return small;
  }
  throw new Error(`The picture stays larger than ${most} bytes with 32 colours.`);
}

/** Runs in the page. */
function makeAnonymous(): void {
  interface TextNode {
    nodeValue: string | null;
  }
  const { document, NodeFilter } = globalThis as unknown as {
    document: {
      body: object;
      createTreeWalker(root: object, show: number): { nextNode(): TextNode | null };
    };
    NodeFilter: { SHOW_TEXT: number };
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    node.nodeValue = (node.nodeValue ?? "")
      .replace(/^\s*(?:\/[^/\s]+)+\/([^/\s]+)\s*$/, "/home/me/$1")
      .replace(/^(\s*\w+) \d\S+ (\(\w+\)\s*)$/, "$1 $2");
  }
}

async function draw(page: Page, name: string, fragment: string): Promise<void> {
  await page.goto(`${address.split("#")[0] ?? ""}#${fragment}`);
  await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  if (name === "explore") await page.getByRole("list", { name: "The way from A to B" }).waitFor();
  // Charts, grids and samples of a generator come after the words.
  await page.waitForTimeout(3000);
  await page.evaluate(makeAnonymous);
  const picture = await compressed(await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), picture);
  console.error(`${name}.png  ${Math.round(picture.length / 1000)} kB`);
}

mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  for (const theme of ["light", "dark"] as const) {
    const page = await browser.newPage({
      ...{ viewport: { width: 1280, height: 800 }, colorScheme: theme, reducedMotion: "reduce" },
    });
    // The address as it is printed holds the token, which is taken once.
    await page.goto(address);
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    const wanted = screens.filter(([name]) => theme === "light" || alsoDark.includes(name));
    for (const [name, fragment] of wanted)
      await draw(page, theme === "dark" ? `${name}-dark` : name, fragment);
    await page.close();
  }
} finally {
  await browser.close();
}
