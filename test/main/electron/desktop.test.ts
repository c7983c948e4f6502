import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  choices,
  defaultPreferences,
  desktopCommands,
  preferencesSchema,
  type Wish,
} from "../../../main/contract/desktop.ts";
import { answerCalls } from "../../../main/electron/calls.ts";
import { desktopChannel } from "../../../main/electron/channels.ts";
import { choosePath } from "../../../main/electron/choose.ts";
import { desktopHandlers, keepPreferences } from "../../../main/electron/desktop-handlers.ts";
import { answerDesktop } from "../../../main/electron/desktop.ts";
import { documentIn } from "../../../main/electron/documents.ts";
import { dataFolder, windowFolder } from "../../../main/electron/folders.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { createFakeIpc } from "./fake-electron.ts";

interface DialogOptions {
  title?: string;
  properties?: string[];
  defaultPath?: string;
}

function dialogs(filePaths: string[]) {
  const shown: DialogOptions[] = [];
  const canceled = filePaths.length === 0;
  const note = (given: unknown[]) => shown.push(given.at(-1) as DialogOptions);
  const dialog = {
    showOpenDialog: (...given: unknown[]) => {
      note(given);
      return Promise.resolve({ canceled, filePaths });
    },
    showSaveDialog: (...given: unknown[]) => {
      note(given);
      return Promise.resolve({ canceled, filePath: filePaths[0] ?? "" });
    },
  };
  return { dialog: dialog as never, shown };
}

function desktop(paths: string[] = [], waiting: Wish[] = []) {
  const folder = temporaryFolder();
  const document = documentIn(folder, "preferences.json", preferencesSchema);
  const { dialog, shown } = dialogs(paths);
  const nativeTheme = { themeSource: "system" as const };
  let adapted = 0;
  const ipc = createFakeIpc();
  const errors: unknown[] = [];
  const handlers = desktopHandlers({
    ...{ dialog, nativeTheme, window: () => null },
    wishes: { take: () => waiting.splice(0) },
    preferences: keepPreferences(document),
    onPreferences: () => adapted++,
    showDataFolder: () => Promise.resolve(""),
  });
  answerCalls({
    ...{ ipcMain: ipc.ipcMain, channel: desktopChannel },
    dispatch: (name, payload) => answerDesktop(handlers, name, payload),
    onInternalError: (thrown) => errors.push(thrown),
  });
  const ask = (command: string, payload: unknown = {}) =>
    ipc.ask(desktopChannel, { command, payload });
  return { ask, ipc, folder, shown, nativeTheme, errors, handlers, adapted: () => adapted };
}

describe("what the page asks of its window", () => {
  it("is answered by one handler each", () => {
    expect(Object.keys(desktop().handlers).sort()).toEqual(Object.keys(desktopCommands).sort());
  });

  it("is refused where a name is unknown or a payload does not fit", async () => {
    const { ask, errors } = desktop();
    const refused = [
      ["desktop.nothing", {}],
      ["runs.list", {}],
      ["constructor", {}],
      ["desktop.choose", { what: "passwords" }],
      ["desktop.choose", { what: "bundle", path: "/etc/passwd" }],
      ["desktop.choose", { what: "export folder", name: "../../etc" }],
      ["desktop.choose", { what: "export folder", name: "a/b" }],
      ["desktop.prefer", { notifyOfEnds: "yes" }],
      ["desktop.prefer", { more: true }],
      ["desktop.theme", { choice: "pink" }],
      ["desktop.showDataFolder", { path: "/etc" }],
      ["desktop.wishes", null],
    ] as const;
    for (const [command, payload] of refused)
      expect([command, await ask(command, payload)]).toMatchObject([
        command,
        { error: { code: "usage" } },
      ]);
    expect(errors).toEqual([]);
  });

  it("is refused to any frame but the page's own", async () => {
    const { ipc } = desktop();
    const call = { command: "desktop.showDataFolder", payload: {} };
    for (const frame of [null, { url: "https://evil.example/", parent: null }])
      await expect(ipc.ask(desktopChannel, call, frame)).rejects.toThrow("Refused.");
  });

  it("hands over wishes once", async () => {
    const { ask } = desktop([], [{ kind: "shortcuts" }]);
    expect(await ask("desktop.wishes")).toEqual({ result: { wishes: [{ kind: "shortcuts" }] } });
    expect(await ask("desktop.wishes")).toEqual({ result: { wishes: [] } });
  });

  it("shows the data folder and no other place", async () => {
    expect(await desktop().ask("desktop.showDataFolder")).toEqual({ result: { shown: true } });
  });

  it("gives the system's own parts the page's theme", async () => {
    const { ask, nativeTheme } = desktop();
    await ask("desktop.theme", { choice: "dark" });
    expect(nativeTheme.themeSource).toBe("dark");
  });
});

describe("preferences", () => {
  it("are the defaults until they are changed, and are then kept", async () => {
    const { ask, folder, adapted } = desktop();
    expect(await ask("desktop.preferences")).toEqual({ result: defaultPreferences });
    expect(await ask("desktop.prefer", { stayAwake: false })).toEqual({
      result: { notifyOfEnds: true, stayAwake: false },
    });
    expect(adapted()).toBe(1);
    const document = documentIn(folder, "preferences.json", preferencesSchema);
    expect(keepPreferences(document).now()).toEqual({ notifyOfEnds: true, stayAwake: false });
  });

  it("are the defaults where the file is damaged, and can be changed again", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "preferences.json"), '{"notifyOfEnds": 7}');
    const kept = keepPreferences(documentIn(folder, "preferences.json", preferencesSchema));
    expect(kept.now()).toEqual(defaultPreferences);
    kept.change({ notifyOfEnds: false });
    expect(readFileSync(join(folder, "preferences.json"), "utf8")).toContain("false");
  });

  it("stay as they were where the change cannot be written", () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "file"), "");
    const blocked = documentIn(join(folder, "file"), "preferences.json", preferencesSchema);
    const kept = keepPreferences(blocked);
    expect(() => kept.change({ stayAwake: false })).toThrow();
    expect(kept.now()).toEqual(defaultPreferences);
  });
});

describe("the system's dialogs", () => {
  it.each(choices)("choose a %s", async (what) => {
    const { dialog, shown } = dialogs(["/chosen"]);
    expect(await choosePath({ dialog, window: () => null }, what)).toBe("/chosen");
    expect(shown[0]?.title).not.toBe("");
    const isFolder = what.endsWith("folder") && what !== "export folder";
    expect(shown[0]?.properties?.includes("openDirectory")).toBe(isFolder);
  });

  it("give nothing where they are cancelled", async () => {
    for (const what of choices) {
      const { dialog } = dialogs([]);
      expect(await choosePath({ dialog, window: () => null }, what)).toBeNull();
    }
  });

  it("suggest the name of a new folder", async () => {
    const { ask, shown } = desktop(["/home/ada/digits"]);
    expect(await ask("desktop.choose", { what: "export folder", name: "digits" })).toEqual({
      result: { path: "/home/ada/digits" },
    });
    expect(shown[0]?.defaultPath).toBe("digits");
  });
});

describe("the folders", () => {
  const app = (named: string) => {
    const set: string[][] = [];
    return {
      ...{ set, getPath: () => "/appdata", commandLine: { getSwitchValue: () => named } },
      setPath: (name: string, path: string) => void set.push([name, path]),
    };
  };

  it("of the window are not the data folder's, or where the switch says", () => {
    const usual = app("");
    expect(windowFolder(usual)).toBe(join("/appdata", "GAN Studio Window"));
    expect(usual.set).toEqual([["userData", join("/appdata", "GAN Studio Window")]]);
    expect(windowFolder(app("/elsewhere"))).toBe("/elsewhere");
  });

  it("of data is the one that is named among words that only Chromium knows", () => {
    const words = ["--no-first-run", "--home", "/data/runs", "--user-data-dir=/x", "a.ganrun"];
    expect(dataFolder(words)).toBe("/data/runs");
    expect(dataFolder(["--home=/data/runs"])).toBe("/data/runs");
  });
});
