/**
 * Every screen over scripted data in a real browser: both themes, the smallest and a large window, the
 * way there, a reload, and the keyboard. Training itself is in browser.test.ts.
 */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { fragmentOf, headingOf, previewInChromium } from "../support/preview-page.ts";
import { screens, themes } from "../support/preview.ts";

const windows = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];
/** Entries of the navigation, and what the address then is. */
const entries = [
  ["Runs", "#/runs"],
  ["Design", "#/new"],
  ["Compare", "#/compare"],
  ["Explore", "#/explore"],
  ["Data", "#/data"],
  ["Settings", "#/settings"],
] as const;

describe.skipIf(chromiumMissing)(`the screens in a browser${chromiumNote}`, () => {
  const { openPage, address } = previewInChromium();
  /** Pixels by which the page is wider than its window. */
  const overhang = (page: Page) =>
    page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  const focused = (page: Page) =>
    page.evaluate<string>(
      "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent?.trim() ?? ''",
    );

  for (const theme of themes)
    for (const viewport of windows)
      it(`opens from the navigation in the ${theme} theme at ${viewport.width}×${viewport.height} without a fault and without scrolling sideways`, async () => {
        const page = await openPage("", { viewport, colorScheme: theme });
        for (const [name, fragment] of entries) {
          const link = page
            .getByRole("navigation", { name: "Main" })
            .getByRole("link", { name, exact: true });
          await link.click();
          await expect.poll(() => fragmentOf(page)).toBe(fragment);
          await headingOf(page).waitFor();
          await expect.poll(() => link.getAttribute("aria-current")).toBe("page");
          expect(await overhang(page), name).toBe(0);
        }
        for (const { name, fragment } of screens) {
          await page.goto(address() + fragment);
          await headingOf(page).waitFor();
          expect(await overhang(page), name).toBe(0);
        }
      });

  it("shows the same screen after a reload", async () => {
    const page = await openPage("");
    for (const { fragment } of screens) {
      // With another fragment alone, the heading of the screen before might be read.
      await page.goto("about:blank");
      await page.goto(address() + fragment);
      await headingOf(page).waitFor();
      const before = await headingOf(page).innerText();
      await page.reload();
      await expect.poll(() => headingOf(page).innerText(), { timeout: 10_000 }).toBe(before);
      expect(fragmentOf(page)).toBe(fragment);
    }
  });

  it("starts a preset by the keyboard alone, from Runs over the palette", async () => {
    const page = await openPage("#/runs");
    await page.keyboard.press("Control+k");
    const field = page.getByRole("combobox", { name: /Find a run/ });
    await field.waitFor();
    await page.keyboard.type("train vanilla");
    await expect
      .poll(() => page.getByRole("dialog").getByRole("option", { selected: true }).innerText())
      .toMatch(/Train Vanilla, dense/);
    await page.keyboard.press("Enter");
    await expect.poll(() => fragmentOf(page)).toMatch(/^#\/runs\/new-/);
    await page.getByRole("button", { name: "Pause", exact: true }).waitFor();
    expect(await page.getByRole("dialog").count()).toBe(0);
  });

  it("starts a preset by Tab and Enter alone, from Runs over Design", async () => {
    const page = await openPage("#/runs");
    const tabTo = async (name: string) => {
      for (let presses = 0; presses < 150; presses += 1) {
        await page.keyboard.press("Tab");
        if ((await focused(page)) === name) return;
      }
      throw new Error(`Tab does not lead to «${name}».`);
    };
    await tabTo("Design");
    await page.keyboard.press("Enter");
    await expect.poll(() => fragmentOf(page)).toBe("#/new");
    await page.getByRole("button", { name: "Train", exact: true }).waitFor();
    await tabTo("Train");
    await page.keyboard.press("Enter");
    await expect.poll(() => fragmentOf(page)).toMatch(/^#\/runs\/new-/);
  });

  it("lists the shortcuts, keeps the focus in the dialog, and gives it back", async () => {
    const page = await openPage("#/data");
    const help = page.getByRole("button", { name: "Keyboard shortcuts" });
    await help.focus();
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
    await dialog.waitFor();
    // The browser's own frame may be between the last thing and the first.
    for (let presses = 0; presses < 5; presses += 1) {
      await page.keyboard.press("Tab");
      expect(
        await page.evaluate<boolean>(
          "document.activeElement === document.body || document.activeElement.closest('dialog') !== null",
        ),
      ).toBe(true);
    }
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    expect(fragmentOf(page)).toBe("#/data");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await focused(page)).toBe("Keyboard shortcuts");
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await expect.poll(() => fragmentOf(page)).toBe("#/runs");
  });

  it("downloads a data set, stops, goes on, and tells how its files were checked", async () => {
    const page = await openPage("#/data");
    await page.getByRole("button", { name: "Download: KMNIST" }).click();
    await page.getByText(/MB of 30\.0 MB/).waitFor();
    await page.getByRole("button", { name: "Stop the download of KMNIST" }).click();
    await page.getByText(/What has arrived is kept/).waitFor();
    await page.getByRole("button", { name: "Go on: KMNIST" }).click();
    await page.getByText(/held against its published checksum/).waitFor();
    await page.getByRole("article", { name: "KMNIST" }).waitFor();
  });

  it("adds by path with live progress, shows unusable files, and asks before it removes", async () => {
    const page = await openPage("#/data");
    const path = page.getByRole("textbox", { name: "Path on the machine" });
    await path.fill("/missing");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(/There is no file or folder/)
      .waitFor();
    await path.fill("/home/ada/cats");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await page.getByText(/Preparing the pictures: \d+ of 900/).waitFor();
    await page.getByText("«pictures» was added").waitFor();

    const notes = page.getByRole("article", { name: "Scanned notes" });
    await notes.getByText("3 files could not be used").click();
    await notes.getByText("It ends in the middle of the picture.").waitFor();
    await notes.getByRole("button", { name: "Remove Scanned notes" }).click();
    const dialog = page.getByRole("dialog", { name: /Remove «Scanned notes»/ });
    await dialog.getByRole("button", { name: "Cancel" }).click();
    expect(await notes.count()).toBe(1);
    await notes.getByRole("button", { name: "Remove Scanned notes" }).click();
    await dialog.getByRole("button", { name: "Remove", exact: true }).click();
    await notes.waitFor({ state: "detached" });
    await page.getByText("«Scanned notes» was removed.").waitFor();
  });

  it("keeps the theme that was chosen, and measures the machine", async () => {
    const page = await openPage("#/settings", { colorScheme: "light" });
    await page.getByText("Dark", { exact: true }).click();
    await page.reload();
    await headingOf(page).waitFor();
    expect(await page.evaluate<string>("document.documentElement.dataset.theme")).toBe("dark");
    await page.getByRole("button", { name: "Measure this machine" }).click();
    await page.getByRole("cell", { name: "118" }).waitFor();
    await page.getByText(/Compiled steps are 1\.5 times as quick/).waitFor();
  });
});
