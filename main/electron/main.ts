/** The desktop app's main process, as a table of contents. Order matters where a comment says so. */
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  Notification,
  powerMonitor,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from "electron";
import { join } from "node:path";
import type { Api } from "../api/api.ts";
import { openApi } from "../api/open.ts";
import { preferencesSchema } from "../contract/desktop.ts";
import { reportOf } from "../spec/problem.ts";
import { aboutBox } from "./about.ts";
import { connectBridge } from "./bridge.ts";
import { answerCalls } from "./calls.ts";
import { desktopChannel, wishChannel } from "./channels.ts";
import { choosePath } from "./choose.ts";
import { desktopHandlers, keepPreferences } from "./desktop-handlers.ts";
import { answerDesktop } from "./desktop.ts";
import { documentIn } from "./documents.ts";
import { dataFolder, windowFolder } from "./folders.ts";
import { menuTemplate } from "./menu.ts";
import { watchOpenFiles } from "./open-files.ts";
import { registerPageScheme, servePage } from "./protocol.ts";
import { closeBeforeQuit, leaveQuestion, quitQuestion, type Quit } from "./quit.ts";
import { denyNavigation, denyPermissions } from "./security.ts";
import { utilitySessionHost } from "./session-host.ts";
import { createStudioWindow, type StudioWindow } from "./studio-window.ts";
import { surround } from "./surroundings.ts";
import { watchTraining } from "./training-watch.ts";
import { unfinishedOf } from "./unfinished.ts";
import { createWishes } from "./wishes.ts";

/** `dist/electron`, where this file and those beside it are built to. */
const built = import.meta.dirname;
const { platform, env: environment } = process;
/** A packaged app has no script's name in front, so nothing may be skipped but the program. */
const words = process.argv.slice(1);
const folder = windowFolder(app);
const wishes = createWishes();

// Before the data folder opens: a second app must not get that far.
if (app.requestSingleInstanceLock()) {
  // All of it only counts before the app is ready.
  app.enableSandbox();
  registerPageScheme(protocol);
  denyNavigation(app);
  watchOpenFiles({
    ...{ app, platform, words, folder: process.cwd() },
    open: (path) => {
      wishes.add({ kind: "import", path });
    },
  });
  // Without it Windows shows no notifications; as in electron-builder.yml.
  if (platform === "win32") app.setAppUserModelId("org.ganstudio.desktop");
  // Not awaited: Electron becomes ready only after this module has been evaluated.
  app.whenReady().then(start).catch(giveUp);
} else {
  app.quit();
}

async function start(): Promise<void> {
  denyPermissions(session.defaultSession);
  servePage(protocol, join(built, "..", "renderer"));

  const home = dataFolder(words);
  const api = await openApi({ home, sessions: sessionsOfThisApp() });
  const pages = () => BrowserWindow.getAllWindows().map(({ webContents }) => webContents);
  const endEvents = connectBridge({ ipcMain, api, pages, onInternalError: console.error });
  const training = watchTraining(api);

  const window = createStudioWindow({
    ...{ BrowserWindow, app, dialog, screen, platform, folder, isPackaged: app.isPackaged },
    preload: join(built, "preload.cjs"),
    mayClose: () => quit.isOver(),
    onSessionEnd: () => {
      quit.atOnce();
    },
  });
  const quit: Quit = closeBeforeQuit({
    app,
    async mayQuit() {
      const unfinished = await unfinishedOf(api).catch(() => []);
      const question = quitQuestion(training.runs(), unfinished);
      return question === null || (await window.ask(question)) === 0;
    },
    mayLeave: async () => (await window.ask(leaveQuestion)) === 1,
    async close(patience) {
      await api.close(patience);
      endEvents();
    },
  });
  powerMonitor.on("shutdown", (event?: { preventDefault: () => void }) => {
    // Where the system waits, it waits until all is saved.
    event?.preventDefault();
    quit.atOnce();
  });

  const preferences = keepPreferences(documentIn(folder, "preferences.json", preferencesSchema));
  const around = surround({
    ...{ app, api, training, wanted: preferences.now, platform, powerSaveBlocker },
    window: window.front,
    isLookedAt: () => BrowserWindow.getFocusedWindow() !== null,
    createNotification: Notification.isSupported() ? (text) => new Notification(text) : null,
    showRun: (id) => {
      wishes.add({ kind: "run", id });
    },
  });

  const showDataFolder = () => shell.openPath(home);
  const handlers = desktopHandlers({
    ...{ wishes, preferences, dialog, nativeTheme, showDataFolder, window: window.front },
    onPreferences: around.adapt,
  });
  answerCalls({
    ...{ ipcMain, channel: desktopChannel, onInternalError: console.error },
    dispatch: (name, payload) => answerDesktop(handlers, name, payload),
  });
  setMenu(api, window, showDataFolder);

  window.show();
  wishes.onWaiting(() => {
    window.show();
    for (const contents of pages()) contents.send(wishChannel);
  });
  app.on("second-instance", window.show);
  app.on("activate", window.show);
  app.on("window-all-closed", () => {
    // On macOS an app lives on without windows, and so do its runs.
    if (platform !== "darwin") app.quit();
  });
}

function setMenu(api: Api, window: StudioWindow, showDataFolder: () => Promise<string>): void {
  const openRunFile = async () => {
    const path = await choosePath({ dialog, window: window.front }, "bundle");
    if (path !== null) wishes.add({ kind: "import", path });
  };
  const about = async () => {
    const system = await api.invoke("system.describe", {}).catch(() => null);
    const { versions } = process;
    const button = await window.ask(aboutBox({ version: app.getVersion(), system, versions }));
    if (button === 1) wishes.add({ kind: "show", screen: "settings" });
  };
  const template = menuTemplate(platform, {
    wish: wishes.add,
    openRunFile: () => void openRunFile(),
    openDataFolder: () => void showDataFolder(),
    about: () => void about(),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}

function sessionsOfThisApp() {
  return utilitySessionHost({
    fork: (path, forkWords, options) => utilityProcess.fork(path, forkWords, options),
    app,
    entry: join(built, "session.js"),
    environment,
    platform,
  });
}

/** A data folder that is in use or damaged: the sentence is all that can be shown. */
function giveUp(thrown: unknown): void {
  console.error(thrown);
  dialog.showErrorBox("GAN Studio cannot start", reportOf(thrown).message);
  app.exit(1);
}
