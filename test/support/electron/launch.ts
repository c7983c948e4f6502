/** Starts the built app on the stand-in and joins the browser that it opens, as Playwright's `_electron` would. */
import { fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";

export interface DesktopApp {
  /** The studio's window. */
  window: Page;
  /** Of the main process. */
  pid: number;
  /** Asks the app to quit, as its menu does; resolves with the exit code. */
  quit: () => Promise<number | null>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  /** Standard error until now. */
  errors: () => string;
  kill: () => void;
}

async function ownWindow(endpoint: string): Promise<Page> {
  const browser = await chromium.connectOverCDP(endpoint);
  for (;;) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    const window = pages.find((page) => page.url().startsWith("http://studio."));
    if (window) return window;
    await delay(50);
  }
}

const register = new URL("register.ts", import.meta.url).href;

export async function launchDesktop(main: string, ...words: string[]): Promise<DesktopApp> {
  const child = fork(main, words, {
    execArgv: ["--disable-warning=ExperimentalWarning", "--import", register],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => {
      resolve((message as { endpoint: string }).endpoint);
    });
    child.once("exit", (code) => {
      reject(new Error(`the app ended with ${String(code)} before it was ready:\n${errors}`));
    });
  });
  const window = await Promise.race([
    ownWindow(endpoint),
    // An app that gives up ends its browser too, and that error would hide the app's own.
    ended.then(() => null),
  ]).catch(() => null);
  if (!window) throw new Error(`the app opened no window:\n${await ended.then(() => errors)}`);
  return {
    window,
    pid: child.pid ?? 0,
    ended,
    errors: () => errors,
    quit() {
      child.send("quit");
      return ended;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
