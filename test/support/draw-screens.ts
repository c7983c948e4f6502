/**
 * Pictures of every screen over scripted data, for the README: 1280×800, as PNG files with a palette
 * of their own, each under 200 kB: `node test/support/draw-screens.ts [FOLDER]`, docs/screens when
 * none is named. The train screen is drawn in the dark theme too.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import sharp from "sharp";
import { launchChromium } from "./chromium.ts";
import { screens, servePreview, type Theme } from "./preview.ts";

const most = 200_000;
const folder = process.argv[2] ?? fileURLToPath(new URL("../../docs/screens", import.meta.url));

interface Picture {
  name: string;
  fragment: string;
  theme: Theme;
}

const pictures: Picture[] = [
  ...screens.map(({ name, fragment }) => ({ name, fragment, theme: "light" as const })),
  ...screens
    .filter(({ name }) => name === "train" || name === "compare" || name === "design")
    .map(({ name, fragment }) => ({ name: `${name}-dark`, fragment, theme: "dark" as const })),
];

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

async function draw(
  browser: Browser,
  address: string,
  { name, fragment, theme }: Picture,
): Promise<void> {
  const page = await browser.newPage({
    ...{ viewport: { width: 1280, height: 800 }, colorScheme: theme },
    reducedMotion: "reduce",
  });
  await page.goto(address + fragment);
  await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  // Charts and grids come after the words.
  await page.waitForTimeout(2500);
  const picture = await compressed(await page.screenshot());
  writeFileSync(join(folder, `${name}.png`), picture);
  console.error(`${name}.png  ${Math.round(picture.length / 1000)} kB`);
  await page.close();
}

mkdirSync(folder, { recursive: true });
const [browser, preview] = await Promise.all([launchChromium(), servePreview()]);
try {
  for (const picture of pictures) await draw(browser, preview.address, picture);
} finally {
  await Promise.all([browser.close(), preview.close()]);
}
