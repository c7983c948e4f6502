import { EventEmitter } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BrowserWindowConstructorOptions } from "electron";
import { describe, expect, it } from "vitest";
import { createReloads } from "../../../main/electron/reloads.ts";
import { denyNavigation, denyPermissions } from "../../../main/electron/security.ts";
import { openWindow } from "../../../main/electron/window.ts";

describe("the window", () => {
  class FakeWindow extends EventEmitter {
    static last: FakeWindow;
    readonly options: BrowserWindowConstructorOptions;
    readonly webContents = new EventEmitter();
    shown = 0;
    maximized = 0;
    loaded: string[] = [];
    constructor(options: BrowserWindowConstructorOptions) {
      super();
      this.options = options;
      FakeWindow.last = this;
    }
    show() {
      this.shown++;
    }
    maximize() {
      this.maximized++;
    }
    loadURL(url: string) {
      this.loaded.push(url);
      return Promise.resolve();
    }
  }
  const open = (isPackaged: boolean, maximized = false) => {
    const parts = {
      BrowserWindow: FakeWindow as never,
      preload: "/p.cjs",
      isPackaged,
      placement: { width: 1280, height: 800, maximized },
    };
    openWindow(parts);
    return FakeWindow.last;
  };

  it("gives the page nothing that a browser would not", () => {
    expect(open(true).options.webPreferences).toEqual({
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      experimentalFeatures: false,
      preload: "/p.cjs",
      devTools: false,
    });
  });

  it("loads the page from its own scheme, and is shown when there is something to see", () => {
    const window = open(false);
    expect(window.loaded).toEqual(["app://studio/index.html"]);
    expect(window.shown).toBe(0);
    window.emit("ready-to-show");
    expect(window.shown).toBe(1);
    expect(window.options.webPreferences?.devTools).toBe(true);
  });

  it("is maximised, where it was, when there is something to see", () => {
    const window = open(false, true);
    expect(window.maximized).toBe(0);
    window.emit("ready-to-show");
    expect([window.maximized, window.shown]).toEqual([1, 1]);
  });
});

it("allows three restarts in five minutes, and more when time has passed", () => {
  const reloads = createReloads();
  const at = [0, 1000, 2000, 3000, 299_999, 300_000, 300_001];
  expect(at.map((now) => reloads.allows(now))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});

describe("what is denied", () => {
  it("is every navigation, further window and embedded page", () => {
    const app = new EventEmitter();
    denyNavigation(app as never);
    let openHandler: ((details: object) => { action: string }) | undefined;
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (handler: typeof openHandler) => {
        openHandler = handler;
      },
    });
    app.emit("web-contents-created", {}, contents);
    for (const name of [
      "will-navigate",
      "will-redirect",
      "will-frame-navigate",
      "will-attach-webview",
    ]) {
      const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
      contents.emit(name, event);
      expect([name, event.prevented]).toEqual([name, true]);
    }
    expect(openHandler?.({ url: "https://example.com" })).toEqual({ action: "deny" });
  });

  it("is every permission but that to copy text, asked for or checked", () => {
    const handlers: Record<string, (...given: never[]) => unknown> = {};
    const keep = (name: string) => (handler: (...given: never[]) => unknown) => {
      handlers[name] = handler;
    };
    denyPermissions({
      setPermissionRequestHandler: keep("request"),
      setPermissionCheckHandler: keep("check"),
      setDevicePermissionHandler: keep("device"),
    } as never);
    const isGranted = (permission: string, address: string): unknown[] => {
      let answer: boolean | undefined;
      const tell = (value: boolean) => {
        answer = value;
      };
      const details = { requestingUrl: address };
      handlers.request?.(...([null, permission, tell, details] as never[]));
      return [answer, handlers.check?.(...([null, permission, address] as never[]))];
    };
    for (const permission of ["media", "geolocation", "notifications", "clipboard-read"])
      expect(isGranted(permission, "app://studio/index.html")).toEqual([false, false]);
    const copying = "clipboard-sanitized-write";
    expect(isGranted(copying, "app://studio/index.html")).toEqual([true, true]);
    for (const foreign of ["https://example.com/", "app://studio.evil/", "file:///a", ""])
      expect(isGranted(copying, foreign)).toEqual([false, false]);
    expect(handlers.device?.(...([{}] as never[]))).toBe(false);
  });
});

describe("the sources of the shell", () => {
  const folder = join(import.meta.dirname, "../../../main/electron");
  const code = readdirSync(folder).map((name) => ({
    name,
    // Comments may name what the code must not use.
    text: readFileSync(join(folder, name), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
  }));
  const using = (pattern: RegExp) =>
    code.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

  it("make windows in one file and take calls in one file", () => {
    expect(using(/new (BrowserWindow|WebContentsView|BrowserView)\b/)).toEqual(["window.ts"]);
    expect(using(/ipcMain\.(handle|on|once|handleOnce)\b/)).toEqual(["route.ts"]);
  });

  it("import values of electron only where the app and the preload begin", () => {
    expect(using(/^import (?!type)[^;]*from "electron"/m)).toEqual(["main.ts", "preload.ts"]);
  });

  it("hand ipcRenderer to nobody but the bridge, and open nothing outside", () => {
    expect(using(/\bipcRenderer\b/)).toEqual(["page-bridge.ts", "preload.ts"]);
    expect(using(/openExternal|remote\b/)).toEqual([]);
    expect(using(/no-sandbox|disable-web-security|enableBlinkFeatures|loadFile|file:\/\//)).toEqual(
      [],
    );
  });

  it("show one folder of the system's, the data folder, and no other place", () => {
    const uses = code.flatMap(({ text }) => text.match(/\bshell\.[^\n;]*/g) ?? []);
    expect(uses).toEqual(["shell.openPath(home)"]);
  });

  it("name their channels in one file, and send nothing but by them", () => {
    expect(using(/"gan-studio:/)).toEqual(["channels.ts"]);
    const sent = code.flatMap(
      ({ text }) => text.match(/\.(send|sendSync|postMessage)\([^)]*/g) ?? [],
    );
    expect(sent.toSorted()).toEqual([
      ".postMessage(message",
      ".send(eventChannel, { event, detail }",
      ".send(wishChannel",
    ]);
    const main = code.find(({ name }) => name === "main.ts")?.text;
    const preload = code.find(({ name }) => name === "preload.ts")?.text;
    for (const list of ["desktopCommands", "eventNames"]) expect(preload).toContain(list);
    expect(main).toContain("channel: desktopChannel");
  });

  it("serve nothing of the system's files to the page, and download nothing by themselves", () => {
    expect(using(/will-download|setSavePath|downloadURL|loadFile|pathToFileURL/)).toEqual([]);
  });

  it("lock and sandbox before the data folder is opened", () => {
    const main = code.find(({ name }) => name === "main.ts")?.text ?? "";
    const places = [
      "requestSingleInstanceLock()",
      "enableSandbox()",
      "whenReady()",
      "await openApi(",
    ];
    const at = places.map((place) => main.indexOf(place));
    expect(at).not.toContain(-1);
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(main).not.toContain("await app.whenReady");
  });
});
