/** `BrowserWindow` as a page of a real Chromium, with the app's own preload file in a world of its own. */
import { EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import type { BrowserWindowConstructorOptions } from "electron";
import type { BrowserContext, CDPSession, Page, Route } from "playwright-core";
import { answerOf, fromWeb, toWeb } from "./addresses.ts";
import { app, type Closable } from "./app.ts";
import { see, seeWindow } from "./desk.ts";
import { answerCall } from "./ipc-main.ts";
import { strict } from "./strict.ts";
import { createWire } from "./wire.ts";
import { connectWorlds, runPreload } from "./worlds.ts";

const world = "preload";
const wire = createWire();
let context: BrowserContext | null = null;

export function useContext(opened: BrowserContext): void {
  context = opened;
}

class WebContents extends EventEmitter {
  page: Page | null = null;
  devtools: CDPSession | null = null;
  /** Chromium's number of the preload's world in the present document. */
  world: number | null = null;
  hasCrashed = false;
  replace: () => void = () => undefined;
  /** What the app itself asked for, as opposed to the page. */
  asked = "";
  onWindowOpen: ((details: { url: string }) => { action: string }) | null = null;

  get mainFrame() {
    return { url: fromWeb(this.page?.url() ?? ""), parent: null };
  }

  isDestroyed(): boolean {
    return this.page?.isClosed() ?? false;
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.onWindowOpen = handler;
  }

  send(channel: string, ...values: unknown[]): void {
    void this.tell({ channel, values });
  }

  async tell(message: object): Promise<void> {
    if (this.world === null) return;
    const expression = `electronStandInReceive(${JSON.stringify(wire.encode(message))})`;
    // The document may be gone by then, which the page's own state outlives.
    await this.devtools
      ?.send("Runtime.evaluate", { expression, contextId: this.world })
      .catch(() => undefined);
  }

  reload(): void {
    see({ kind: "reload" });
    if (this.hasCrashed) this.replace();
    else this.page?.reload().catch(() => undefined);
    this.hasCrashed = false;
  }

  forcefullyCrashRenderer(): void {
    this.page?.goto("chrome://crash").catch(() => undefined);
  }
}

export class BrowserWindow extends EventEmitter implements Closable {
  static getAllWindows(): BrowserWindow[] {
    return [...app.openWindows] as BrowserWindow[];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.#isLookedAt) ?? null;
  }

  readonly webContents = strict("webContents", new WebContents());
  #opened: Promise<Page>;
  #visible = false;
  #isLookedAt = true;
  #maximized = false;
  #bounds = { x: 0, y: 0, width: 800, height: 600 };

  constructor(options: BrowserWindowConstructorOptions) {
    super();
    app.openWindows.add(this);
    app.emit("web-contents-created", {}, this.webContents);
    this.#visible = options.show !== false;
    const { x = 100, y = 80, width = 800, height = 600 } = options;
    this.#bounds = { x, y, width, height };
    seeWindow(options);
    this.#opened = this.#open(options);
    this.webContents.replace = () => void this.#replace(options);
  }

  /** A page that crashed is of no more use to Playwright: another takes its place in this window. */
  async #replace(options: BrowserWindowConstructorOptions): Promise<void> {
    const former = await this.#opened;
    this.#opened = this.#open(options);
    const page = await this.#opened;
    await former.close();
    await page.goto(this.webContents.asked);
  }

  tell(message: object): Promise<void> {
    return this.webContents.tell(message);
  }

  async #open({ width = 800, height = 600, webPreferences }: BrowserWindowConstructorOptions) {
    const isHardened = webPreferences?.contextIsolation && webPreferences.sandbox;
    if (!isHardened) throw new Error("the stand-in has isolated, sandboxed pages only");
    if (!context) throw new Error("a window before the app is ready");
    const page = await context.newPage();
    await page.setViewportSize({ width, height });
    const devtools = await context.newCDPSession(page);
    this.webContents.page = page;
    this.webContents.devtools = devtools;
    await page.route("**/*", (route) => this.#answer(route));
    await devtools.send("Page.enable");
    await devtools.send("Runtime.enable");
    this.#followWorld(devtools);
    await this.#addPreload(devtools, webPreferences.preload ?? "");
    page.on("crash", () => {
      this.webContents.hasCrashed = true;
      this.webContents.emit("render-process-gone", {}, { reason: "crashed" });
    });
    page.once("load", () => this.emit("ready-to-show"));
    page.on("popup", (popup) => {
      const decision = this.webContents.onWindowOpen?.({ url: popup.url() });
      if (decision?.action === "deny") void popup.close();
    });
    page.on("close", () => {
      if (this.webContents.page !== page) return;
      this.emit("closed");
      app.windowIsGone(this);
    });
    return page;
  }

  #followWorld(devtools: CDPSession): void {
    const { webContents } = this;
    devtools.on("Runtime.executionContextCreated", ({ context: { name, id } }) => {
      if (name === world) webContents.world = id;
    });
    devtools.on("Runtime.executionContextDestroyed", ({ executionContextId: id }) => {
      if (webContents.world === id) webContents.world = null;
    });
    devtools.on("Runtime.bindingCalled", ({ name, payload }) => {
      if (name !== "electronStandInSend") return;
      const { call, channel, values } = wire.decode(payload) as {
        call: number;
        channel: string;
        values: unknown[];
      };
      void answerCall(channel, webContents, values).then((answer) => {
        void webContents.tell({ call, ...answer });
      });
    });
  }

  async #addPreload(devtools: CDPSession, file: string): Promise<void> {
    await devtools.send("Runtime.addBinding", {
      ...{ name: "electronStandInSend", executionContextName: world },
    });
    const onTop = (source: string) => `if (window === window.top) { ${source} }`;
    await devtools.send("Page.addScriptToEvaluateOnNewDocument", {
      source: onTop(`(${connectWorlds.toString()})("page", "preload");`),
    });
    const preload = `(require, module) => { const exports = module.exports;\n${readFileSync(file, "utf8")}\n}`;
    await devtools.send("Page.addScriptToEvaluateOnNewDocument", {
      worldName: world,
      source: onTop(
        `(${runPreload.toString()})((${createWire.toString()})(), (${connectWorlds.toString()})("preload", "page"), ${preload});`,
      ),
    });
  }

  /** Everything that the page asks for passes here; a navigation of its own can be prevented. */
  async #answer(route: Route): Promise<void> {
    const request = route.request();
    if (request.isNavigationRequest() && request.url() !== this.webContents.asked) {
      const event = {
        url: fromWeb(request.url()),
        defaultPrevented: false,
        preventDefault() {
          this.defaultPrevented = true;
        },
      };
      this.webContents.emit("will-navigate", event, event.url);
      if (event.defaultPrevented) return route.abort("aborted");
    }
    const answer = await answerOf(request.url(), request.method(), request.headers());
    if (!answer) return route.continue();
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.#opened;
    this.webContents.asked = toWeb(address);
    await page.goto(this.webContents.asked);
  }

  async tryClose(): Promise<boolean> {
    const page = await this.#opened;
    const event = {
      defaultPrevented: false,
      preventDefault() {
        this.defaultPrevented = true;
      },
    };
    this.emit("close", event);
    if (event.defaultPrevented) return false;
    await page.close();
    return true;
  }

  /** The page's process ends as by a fault. */
  crash(): void {
    this.webContents.forcefullyCrashRenderer();
  }

  look(isLookedAt: boolean): void {
    this.#isLookedAt = isLookedAt;
    this.emit(isLookedAt ? "focus" : "blur");
    app.emit(isLookedAt ? "browser-window-focus" : "browser-window-blur", {}, this);
  }

  getNormalBounds() {
    return this.#bounds;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  maximize(): void {
    this.#maximized = true;
    see({ kind: "maximized" });
  }

  isFullScreen(): boolean {
    return false;
  }

  isDestroyed(): boolean {
    return this.webContents.isDestroyed();
  }

  setProgressBar(share: number, { mode }: { mode: string }): void {
    see({ kind: "progress", share, mode });
  }

  flashFrame(flag: boolean): void {
    see({ kind: "flash", flag });
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  isMinimized(): boolean {
    return false;
  }

  restore(): void {
    // A page of a headless browser is never minimised.
  }

  focus(): void {
    see({ kind: "front" });
    this.look(true);
  }
}
