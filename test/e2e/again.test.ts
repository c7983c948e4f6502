/** Training a run again, several seeds, what is measured, and help, over scripted data in a real browser. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { fragmentOf, previewInChromium } from "../support/preview-page.ts";

describe.skipIf(chromiumMissing)(`a run in a browser${chromiumNote}`, () => {
  const { openPage, address } = previewInChromium();
  const isInView = async (page: Page, name: string) => {
    const box = await page.getByRole("heading", { name, exact: true }).boundingBox();
    return box !== null && box.y + box.height < 800;
  };

  it("tells what is wrong without scrolling, and keeps the part that was chosen over a reload", async () => {
    const page = await openPage("#/runs/paused");
    await page.getByRole("button", { name: "What to try" }).click();
    await page.getByRole("heading", { name: "Doctor", exact: true }).waitFor();
    expect(await isInView(page, "Doctor")).toBe(true);
    expect(fragmentOf(page)).toBe("#/runs/paused?part=doctor");
    await page.goto(`${address()}#/runs/finished`);
    await page.getByRole("group", { name: "About this run" }).getByText("Quality").click();
    expect(fragmentOf(page)).toBe("#/runs/finished?part=quality");
    await page.reload();
    await page.getByRole("heading", { name: "Image quality" }).waitFor();
    await page.getByText("Recall").click();
    await page.getByRole("slider", { name: "Recall over epochs" }).waitFor();
    await page.getByText("Kynkäänniemi et al. 2019").waitFor();
  });

  it("reproduces a run, with its outcome among what happened", async () => {
    const page = await openPage("#/runs/finished?part=again");
    await page.getByRole("button", { name: "Reproduce", exact: true }).click();
    await page.getByText(/Step [\d,]+ of 1,410, compared as it goes/).waitFor();
    await page.getByText("The same numbers", { exact: false }).waitFor();
    await page.getByText(/Equal in all 1,410 steps/).waitFor();
    await page.getByRole("group", { name: "About this run" }).getByText("Log").click();
    await page.getByText("Reproduced", { exact: true }).waitFor();
  });

  it("trains several seeds, from a run and from a design", async () => {
    const page = await openPage("#/runs/finished?part=again");
    await page.getByRole("button", { name: "Train 4 runs" }).click();
    await expect.poll(() => fragmentOf(page)).toBe("#/groups/group-tries");
    await page.goto(`${address()}#/new`);
    await page.getByRole("textbox", { name: "Several seeds" }).fill("1..3");
    await page.reload();
    await page.getByRole("button", { name: "Train 3 runs" }).click();
    await expect.poll(() => fragmentOf(page)).toBe("#/groups/group-tries");
  });

  it("explains a control to the keyboard and the mouse, beside it and inside the window", async () => {
    const page = await openPage("#/new?part=training");
    const mark = page.getByRole("button", { name: "About Least squares" });
    await mark.focus();
    await page.keyboard.press("Enter");
    const words = page.getByText("Mao et al. 2017");
    await words.waitFor();
    await page.keyboard.press("Escape");
    await words.waitFor({ state: "hidden" });
    for (const name of ["About Optimizer", "About Average of the generator (EMA)"]) {
      const tip = page.getByRole("button", { name }).last();
      await tip.click();
      const box = await page.locator(":popover-open").boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(1280);
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
    }
    expect(await page.locator(":popover-open").count()).toBe(1);
  });
});
