/** Every screen, in both themes, is held against the rules of axe: no serious or critical fault. */
import axe from "axe-core";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { previewInChromium } from "../support/preview-page.ts";
import { screens, themes } from "../support/preview.ts";

interface Fault {
  id: string;
  impact: string | null;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

/** What axe finds now, as lines that say what, where and why. */
async function faultsOf(page: Page): Promise<string[]> {
  const found = await page.evaluate<Fault[]>(
    "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations)",
  );
  return found
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id}: ${help} (${node.target.join(" ")}) ${node.failureSummary}`),
    );
}

describe.skipIf(chromiumMissing)(`every screen is accessible${chromiumNote}`, () => {
  const preview = previewInChromium();

  async function openPage(theme: (typeof themes)[number], fragment: string): Promise<Page> {
    // Half-faded notices have colours that nobody is meant to read.
    const page = await preview.openPage(fragment, { colorScheme: theme, reducedMotion: "reduce" });
    await page.waitForLoadState("networkidle");
    await page.evaluate(axe.source);
    return page;
  }

  for (const theme of themes) {
    for (const { name, fragment } of screens)
      it(`${name}, ${theme}`, async () => {
        expect(await faultsOf(await openPage(theme, fragment))).toEqual([]);
      });

    it(`without runs, ${theme}`, async () => {
      expect(await faultsOf(await openPage(theme, "?state=empty#/runs"))).toEqual([]);
    });

    it(`runs that are ticked, and their tags, ${theme}`, async () => {
      const page = await openPage(theme, "#/runs");
      for (const name of ["Choose Vanilla on MNIST", "Choose Overnight"])
        await page.getByRole("checkbox", { name, exact: true }).click();
      await page.getByRole("button", { name: "Tags", exact: true }).click();
      await page.getByRole("dialog", { name: "Tags of 2 runs" }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it(`palette and list of shortcuts, ${theme}`, async () => {
      const page = await openPage(theme, "#/data");
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("option").first().waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });

    it(`a question, a notice and a failed addition, ${theme}`, async () => {
      const page = await openPage(theme, "#/data");
      await page.getByRole("textbox", { name: "Path on the machine" }).fill("/missing");
      await page.getByRole("button", { name: "Add", exact: true }).click();
      await page.getByRole("alert").waitFor();
      await page.getByRole("button", { name: "Remove MNIST" }).click();
      await page.getByRole("dialog").waitFor();
      expect(await faultsOf(page)).toEqual([]);
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await page.getByText("«MNIST» was removed.").waitFor();
      expect(await faultsOf(page)).toEqual([]);
    });
  }
});
