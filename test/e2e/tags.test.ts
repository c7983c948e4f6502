/** Tags in a real browser: by the keyboard, for several runs, and as a way to find runs. */
import { describe, expect, it } from "vitest";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { fragmentOf, previewInChromium } from "../support/preview-page.ts";

describe.skipIf(chromiumMissing)(`tags in a browser${chromiumNote}`, () => {
  const { openPage } = previewInChromium();

  it("are given and taken by the keyboard alone, and the focus comes back", async () => {
    const page = await openPage("#/runs");
    const button = page.getByRole("button", { name: "Tags of Overnight" });
    await button.focus();
    await page.keyboard.press("Enter");
    const panel = page.getByRole("dialog", { name: "Tags of Overnight" });
    await page.keyboard.type("long night, draft,");
    const row = page.getByRole("row", { name: /Overnight/ });
    await row.getByRole("link", { name: "draft" }).waitFor();
    await page.keyboard.press("Backspace");
    await row.getByRole("link", { name: "long night" }).waitFor({ state: "detached" });
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Enter");
    await panel
      .getByRole("button", { name: "Remove the tag draft" })
      .waitFor({ state: "detached" });
    // Not lost with the chip that had it.
    await page.keyboard.type("given up");
    await page.keyboard.press("Escape");
    await panel.waitFor({ state: "detached" });
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe("Tags of Overnight");
    expect(await row.getByRole("link").count()).toBe(1);
  });

  it("are kept when someone presses elsewhere, which closes the panel", async () => {
    const page = await openPage("#/runs");
    const row = page.getByRole("row", { name: /Overnight/ });
    await row.hover();
    await page.getByRole("button", { name: "Tags of Overnight" }).click();
    const panel = page.getByRole("dialog", { name: "Tags of Overnight" });
    await page.keyboard.type("typed");
    await panel.getByText("Enter or a comma adds").click();
    expect(await panel.count()).toBe(1);
    await page.getByRole("heading", { name: "Runs" }).click();
    await panel.waitFor({ state: "detached" });
    await row.getByRole("link", { name: "typed" }).waitFor();
  });

  it("find runs: from a row, in the address, after a reload", async () => {
    const page = await openPage("#/runs");
    await page.getByRole("link", { name: "for the talk" }).click();
    await page.getByText("1 run found").waitFor();
    expect(fragmentOf(page)).toBe("#/runs?search=tag%3A%22for+the+talk%22");
    await page.reload();
    await page.getByText("1 run found").waitFor();
    const choice = page.getByRole("combobox", { name: "Tag" });
    await expect.poll(() => choice.inputValue()).toBe("for the talk");
    await choice.selectOption("All tags");
    await page.getByRole("link", { name: "Overnight" }).waitFor();
  });

  it("stand on a run's own page, and lead from there to all that have them", async () => {
    const page = await openPage("#/runs/finished");
    await page.getByRole("button", { name: "Tags of Vanilla on MNIST" }).click();
    await page.keyboard.type("mine,");
    const link = page.getByRole("link", { name: "mine" });
    await link.waitFor();
    await page.keyboard.press("Escape");
    await link.click();
    await page.getByText("1 run found").waitFor();
  });
});
