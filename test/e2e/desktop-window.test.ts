/**
 * What the desktop app does around its page: menu, opened and dropped files, dialogs, notifications,
 * task bar, sleep, questions, and a page that crashes. On the stand-in for Electron; what only a real
 * desktop can show is listed in docs/desktop-checklist.md.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { buildShell } from "../../scripts/start/electron.mjs";
import { chromiumMissing, chromiumNote } from "../support/chromium.ts";
import { launchDesktop, pageOf, type DesktopApp } from "../support/electron/launch.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { tensorflowMissing, tensorflowTitle } from "../support/tensorflow.ts";

const root = join(import.meta.dirname, "..", "..");

interface Folders {
  home: string;
  own: string;
}
const newFolders = (): Folders => ({ home: temporaryFolder(), own: temporaryFolder() });

async function launch({ home, own }: Folders, ...words: string[]): Promise<DesktopApp> {
  const main = join(root, "dist", "electron", "main.js");
  const app = await launchDesktop(main, "--home", home, `--user-data-dir=${own}`, ...words);
  app.window.setDefaultTimeout(60_000);
  onTestFinished(app.kill);
  return app;
}

/** Pages load, engines start, and the machine may be busy with other tests. */
const eventually = <Value>(look: () => Value | Promise<Value>) =>
  expect.poll(look, { timeout: 120_000 });
const heading = (page: Page, name: string) => page.getByRole("heading", { level: 1, name });
const pathField = (page: Page) => page.getByRole("textbox", { name: /^Path on the machine/ });
/** Files that lie nowhere, but for what the test said of their names. */
const drop = (page: Page, ...names: string[]) =>
  page.evaluate(`
    const dataTransfer = new DataTransfer();
    for (const name of ${JSON.stringify(names)}) dataTransfer.items.add(new File([], name));
    for (const kind of ["dragover", "drop"])
      document.body.dispatchEvent(
        new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }),
      );
  `);

async function train({ order }: DesktopApp, page: Page, epochs: number): Promise<void> {
  order({ menu: ["File", "New Run"] });
  await page.getByRole("radio", { name: /Vanilla/ }).check();
  await page.getByRole("spinbutton", { name: "Epochs" }).fill(epochs.toString());
  await page.getByRole("spinbutton", { name: "Batch size" }).fill("1000");
  await page.getByRole("button", { name: "Train", exact: true }).click();
}

const isLeftOut = chromiumMissing || tensorflowMissing;

describe.skipIf(isLeftOut)(`the desktop window${chromiumNote} on ${tensorflowTitle}`, () => {
  beforeAll(async () => {
    expect(await buildShell(root)).toBeNull();
  }, 120_000);

  it("has a menu that leads through the page and the system", async () => {
    const folders = newFolders();
    const { window, order, seen, ended } = await launch(folders);
    order({ menu: ["File", "New Run"] });
    await heading(window, "Design").waitFor();
    order({ menu: ["Help", "GAN Studio Help"] });
    await heading(window, "Help").waitFor();
    order({ menu: ["Help", "Keyboard Shortcuts"] });
    await window.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await window.keyboard.press("Escape");
    order({ menu: ["Help", "Open Data Folder"] });
    await eventually(() => seen("open path")).toMatchObject([{ path: folders.home }]);
    order({ menu: ["Help", "About GAN Studio"] });
    await eventually(() => seen("message box").length).toBe(1);
    const [about] = seen("message box") as unknown as [
      { options: { message: string; detail: string } },
    ];
    expect(about.options.message).toMatch(/^GAN Studio \d/);
    expect(about.options.detail).toMatch(/Engine: .+\n.*MIT licence/s);
    order({ menu: ["File", "quit"] });
    expect(await ended).toBe(0);
  });

  it("remembers its place and what the person prefers, and starts with damaged memories", async () => {
    const folders = newFolders();
    const kept = { x: 300, y: 200, width: 1100, height: 720, maximized: true };
    writeFileSync(join(folders.own, "window.json"), JSON.stringify(kept));
    writeFileSync(join(folders.own, "preferences.json"), "{ not json");
    const first = await launch(folders);
    expect(first.seen("window")).toMatchObject([{ x: 300, y: 200, width: 1100, height: 720 }]);
    first.order({ menu: ["File", "Settings…"] });
    const awake = first.window.getByRole("checkbox", { name: /Keep the machine awake/ });
    await eventually(() => awake.isChecked()).toBe(true);
    await awake.uncheck();
    const preferences = () => readFileSync(join(folders.own, "preferences.json"), "utf8");
    await eventually(preferences).toMatch(/"stayAwake": false/);
    await eventually(() => first.seen("maximized").length).toBe(1);
    // As a person closes it, by the button in its frame: where nothing trains, nothing is asked.
    first.order({ closeWindow: true });
    expect(await first.ended).toBe(0);
    expect(first.seen("message box")).toEqual([]);
    const state = JSON.parse(readFileSync(join(folders.own, "window.json"), "utf8")) as object;
    expect(state).toMatchObject({ x: 300, y: 200, maximized: true });

    writeFileSync(join(folders.own, "window.json"), "\0\0\0");
    const second = await launch(folders);
    expect(second.seen("window")).toMatchObject([{ width: 1280, height: 800 }]);
    second.order({ menu: ["File", "Settings…"] });
    const stillOff = second.window.getByRole("checkbox", { name: /Keep the machine awake/ });
    await stillOff.waitFor();
    await eventually(() => stillOff.isEnabled()).toBe(true);
    expect(await stillOff.isChecked()).toBe(false);
    expect(await second.quit()).toBe(0);
  });

  it("imports run files that are opened by the first start, a second start, and the menu", async () => {
    const { window, order, seen, quit } = await launch(newFolders(), "/somewhere/first.ganrun");
    const dialog = window.getByRole("dialog", { name: "Import a run" });
    const value = () => pathField(window).inputValue();
    await dialog.waitFor();
    expect(await value()).toBe("/somewhere/first.ganrun");
    await dialog.getByRole("button", { name: "Import", exact: true }).click();
    await window.getByText("This bundle could not be imported").waitFor();
    await dialog.getByRole("button", { name: "Close" }).click();

    order({ menu: ["File", "New Run"] });
    await heading(window, "Design").waitFor();
    order({ startAgain: ["second.ganrun"], folder: "/there" });
    await dialog.waitFor();
    await eventually(value).toBe("/there/second.ganrun");
    expect(seen("window")).toHaveLength(1);
    expect(seen("front").length).toBeGreaterThan(0);

    order({ answer: { canceled: false, filePaths: ["/chosen/third.ganrun"] } });
    order({ menu: ["File", "Open Run File…"] });
    await eventually(value).toBe("/chosen/third.ganrun");
    order({ openFile: "/mac/fourth.ganrun" });
    await eventually(value).toBe("/mac/fourth.ganrun");
    expect(await quit()).toBe(0);
  });

  it("takes files and folders that are dropped anywhere, and asks for others in the system's dialogs", async () => {
    const { window, order, seen, quit } = await launch(newFolders());
    await window.getByText("No runs yet.").waitFor();
    order({ files: { cats: "/home/ada/cats", "digits.ganrun": "/home/ada/digits.ganrun" } });
    await eventually(() => seen("files")).toHaveLength(1);
    await drop(window, "cats");
    await heading(window, "Data").waitFor();
    await eventually(() => pathField(window).inputValue()).toBe("/home/ada/cats");
    await drop(window, "digits.ganrun");
    await window.getByRole("dialog", { name: "Import a run" }).waitFor();
    await eventually(() => pathField(window).inputValue()).toBe("/home/ada/digits.ganrun");
    await window.getByRole("button", { name: "Close" }).click();
    await drop(window, "unknown");
    await window.getByText(/«unknown» does not lie in a file/).waitFor();

    order({ menu: ["File", "Data…"] });
    order({ answer: { canceled: false, filePaths: ["/home/ada/dogs"] } });
    await window.getByRole("button", { name: "Folder…" }).click();
    await eventually(() => pathField(window).inputValue()).toBe("/home/ada/dogs");
    await window.getByRole("button", { name: "File…" }).click();
    await eventually(() => seen("open dialog").length).toBe(2);
    expect(await pathField(window).inputValue()).toBe("/home/ada/dogs");
    expect(await quit()).toBe(0);
  });

  it("trains on when quitting is called off and when its page crashes", async () => {
    const app = await launch(newFolders());
    const { window, order, seen } = app;
    await train(app, window, 1000);
    await eventually(() => seen("awake")).toHaveLength(1);
    await eventually(() => seen("progress").length).toBeGreaterThan(0);

    order({ closeWindow: true });
    await eventually(() => seen("message box").length).toBe(1);
    expect(seen("message box")).toMatchObject([
      { options: { message: expect.stringContaining("is being trained") as string } },
    ]);
    order({ crashPage: true });
    await eventually(() => seen("reload").length).toBe(1);
    const revived = await pageOf(app);
    await revived.getByRole("link", { name: "Vanilla, dense" }).first().click();
    await revived.getByRole("button", { name: "Stop and save" }).click();
    await eventually(() => seen("may sleep")).toHaveLength(1);
    await eventually(() => seen("progress").at(-1)).toMatchObject({ share: -1, mode: "none" });
    // Where nothing trains any more, nothing is asked; whoever stopped a run is not told of its end.
    expect(await app.quit()).toBe(0);
    expect(seen("message box")).toHaveLength(1);
    expect(seen("notification")).toEqual([]);
  });

  it("tells the end of a run to whoever is elsewhere, and shows the run at a click on that", async () => {
    const app = await launch(newFolders());
    const { window, order, seen } = app;
    await train(app, window, 1);
    order({ look: false });
    await eventually(() => seen("notification")).toMatchObject([
      { title: "«Vanilla, dense» is finished" },
    ]);
    expect(seen("flash").at(-1)).toMatchObject({ flag: true });
    order({ menu: ["View", "Runs"] });
    order({ clickNotification: true });
    await heading(window, "Vanilla, dense").waitFor();
    await eventually(() => seen("flash").at(-1)).toMatchObject({ flag: false });
    expect(await app.quit()).toBe(0);
  });
});
