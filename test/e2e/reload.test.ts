/** A reload at any moment loses nothing: on each screen something is set, and found again after it. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { chromiumMissing, chromiumNote, launchChromium } from "../support/chromium.ts";
import { servePreview, type Preview } from "../support/preview.ts";
import { startProgram } from "../support/program.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

describe.skipIf(chromiumMissing)(`a reload${chromiumNote}`, () => {
  let browser: Browser;
  let preview: Preview;
  beforeAll(async () => {
    [browser, preview] = await Promise.all([launchChromium(), servePreview()]);
  });
  afterAll(async () => {
    await Promise.all([browser.close(), preview.close()]);
  });

  async function openPage(address: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(60_000);
    const faults: string[] = [];
    page.on("pageerror", ({ message }) => faults.push(message));
    onTestFinished(async () => {
      await page.close();
      expect(faults).toEqual([]);
    });
    await page.goto(address);
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
    return page;
  }
  const openScreen = (fragment: string) => openPage(preview.address + fragment);
  const fragmentOf = (page: Page) => new URL(page.url()).hash;
  /** Once the address tells it, or at once. */
  async function reload(page: Page, words?: RegExp): Promise<void> {
    if (words) await expect.poll(() => fragmentOf(page)).toMatch(words);
    await page.reload();
    await page.getByRole("main").getByRole("heading", { level: 1 }).waitFor();
  }
  const choose = (page: Page, group: string, choice: string) =>
    page.getByRole("group", { name: group }).getByText(choice, { exact: true }).click();
  const isChosen = (page: Page, group: string, choice: string) =>
    page.getByRole("group", { name: group }).getByRole("radio", { name: choice }).isChecked();

  it("keeps search, filter, order and what is ticked in Runs", async () => {
    const page = await openScreen("#/runs");
    await page.getByRole("searchbox", { name: "Search runs" }).fill("seed");
    await page.getByRole("combobox", { name: "Status" }).selectOption("finished");
    await page.getByRole("button", { name: "Name", exact: true }).click();
    await expect.poll(() => page.getByRole("checkbox").count()).toBe(3);
    await page.getByRole("checkbox").first().check();
    await reload(page, /search=seed&status=finished&order=name&direction=up/);
    expect(await page.getByRole("searchbox", { name: "Search runs" }).inputValue()).toBe("seed");
    expect(await page.getByRole("combobox", { name: "Status" }).inputValue()).toBe("finished");
    await expect.poll(() => page.getByRole("checkbox").count()).toBe(3);
    await expect.poll(() => page.getByRole("checkbox").first().isChecked()).toBe(true);
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await expect.poll(() => page.getByRole("checkbox").count()).toBeGreaterThan(3);
    await page.getByRole("button", { name: "Export as bundle" }).click();
    await page.getByRole("dialog").getByText("as bundle").waitFor();
    await reload(page);
    await page.getByRole("dialog").getByText("as bundle").waitFor();
  });

  it("keeps the draft, its undo and text that is no document yet in Design", async () => {
    const page = await openScreen("#/new");
    await page.getByRole("spinbutton", { name: "Epochs" }).fill("7");
    await page.getByRole("button", { name: "JSON" }).click();
    const json = page.getByRole("textbox", { name: "Specification as JSON" });
    await json.fill("{ not yet");
    await reload(page);
    expect(await json.inputValue()).toBe("{ not yet");
    expect(await page.getByRole("spinbutton", { name: "Epochs" }).inputValue()).toBe("7");
    await page.getByRole("button", { name: "Undo" }).click();
    expect(await page.getByRole("spinbutton", { name: "Epochs" }).inputValue()).not.toBe("7");
  });

  it("keeps how charts are read, which grid is shown and what is typed on a run's page", async () => {
    const page = await openScreen("#/runs/paused");
    await choose(page, "Scale of the charts", "Log");
    await page.getByRole("button", { name: "Look closer" }).click();
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByRole("slider", { name: "Grid to look at" }).press("Home");
    await page.getByRole("spinbutton", { name: "Generator" }).fill("0.003");
    await reload(page);
    expect(await isChosen(page, "Scale of the charts", "Log")).toBe(true);
    expect(await page.getByRole("button", { name: "Show more" }).isEnabled()).toBe(true);
    await page.getByText("pinned: ").waitFor();
    await page.getByText("1 / 3").waitFor();
    expect(await page.getByRole("spinbutton", { name: "Generator" }).inputValue()).toBe("0.003");
  });

  it("keeps scale, place, view and curves in Compare", async () => {
    const page = await openScreen("#/compare?runs=live,finished");
    await choose(page, "Count by", "Steps");
    await page.getByRole("slider", { name: "Place of all galleries" }).press("Home");
    await choose(page, "View", "Swipe");
    await choose(page, "What the curves show", "Gradients");
    const top = () => page.evaluate<number>("scrollY");
    await page.evaluate("scrollTo(0, 400)");
    await expect.poll(top).toBe(400);
    await reload(page, /runs=live,finished&by=step&at=\d+&view=swipe/);
    await page.getByRole("heading", { name: "Swipe" }).waitFor();
    expect(await isChosen(page, "Count by", "Steps")).toBe(true);
    expect(await isChosen(page, "What the curves show", "Gradients")).toBe(true);
    await expect.poll(top).toBe(400);
  });

  it("keeps samples, picks, tool and sliders in Explore", async () => {
    const page = await openScreen("#/explore/finished");
    const samples = page.getByRole("list", { name: "Samples" }).getByRole("button");
    await samples.first().waitFor();
    await page.getByRole("spinbutton", { name: "Seed" }).fill("12");
    await choose(page, "Order of the samples", "Highest score");
    await samples.nth(9).click();
    await choose(page, "Tool", "Sliders");
    const slider = page.getByRole("slider", { name: "Number 1" });
    await slider.press("End");
    const moved = await slider.inputValue();
    await reload(page, /seed=12&order=best&tool=sliders/);
    await samples.first().waitFor();
    expect(await page.getByRole("spinbutton", { name: "Seed" }).inputValue()).toBe("12");
    expect(await isChosen(page, "Order of the samples", "Highest score")).toBe(true);
    await expect.poll(() => samples.nth(9).innerText()).toBe("A");
    await expect.poll(() => slider.inputValue()).toBe(moved);
  });

  it("keeps formats and fields in Export, and what came of it", async () => {
    const page = await openScreen("#/export/finished");
    await page.getByRole("checkbox", { name: "ONNX" }).check();
    await choose(page, "Where it goes", "Folder");
    const field = page.getByRole("textbox", { name: "Folder on the machine" });
    await field.fill("/tmp/digits");
    await reload(page);
    expect(await page.getByRole("checkbox", { name: "ONNX" }).isChecked()).toBe(true);
    expect(await field.inputValue()).toBe("/tmp/digits");
    await page.getByRole("button", { name: "Export 2 formats" }).click();
    await page.getByText("Exported and checked").waitFor();
    await reload(page);
    await page.getByText("Exported and checked").waitFor();
  });

  it("keeps what is typed in Data, in an import, and where a model is opened", async () => {
    const page = await openScreen("#/data");
    const path = page.getByRole("textbox", { name: "Path on the machine" });
    await path.fill("/home/me/cats");
    await page.getByRole("combobox", { name: "Size of pictures" }).selectOption("64×64");
    await reload(page);
    expect(await path.inputValue()).toBe("/home/me/cats");
    expect(await page.getByRole("combobox", { name: "Colours", exact: true }).isEnabled()).toBe(
      true,
    );
    await page.goto(`${preview.address}#/runs`);
    await page.getByRole("button", { name: "Import a run" }).click();
    await page.getByRole("dialog").getByRole("textbox").fill("~/a.ganrun");
    await reload(page);
    expect(await page.getByRole("dialog").getByRole("textbox").inputValue()).toBe("~/a.ganrun");
    await page.goto(`${preview.address}#/export`);
    const model = page.getByRole("textbox", { name: "File or folder" });
    await model.fill("/m.safetensors");
    await reload(page);
    expect(await model.inputValue()).toBe("/m.safetensors");
  });

  it("goes on with what the program was asked for, and can still stop it", async () => {
    const server = startProgram(temporaryFolder(), "serve", "--port", "0");
    onTestFinished(() => {
      server.child.kill("SIGKILL");
    });
    const [address = ""] = await server.printed(/http:\/\/\S+#token=\S+/);
    const page = await openPage(address);
    await page.goto(`${address.split("#")[0] ?? ""}#/settings`);
    await page.getByRole("combobox", { name: "Preset" }).selectOption({ index: 3 });
    const preset = await page.getByRole("combobox", { name: "Preset" }).inputValue();
    await page.getByRole("button", { name: "Measure this machine" }).click();
    await reload(page);
    await page.getByRole("button", { name: "Stop measuring" }).click();
    await page.getByRole("button", { name: "Measure this machine" }).waitFor();
    expect(await page.getByRole("combobox", { name: "Preset" }).inputValue()).toBe(preset);
  });
});
