/** Starts the built app on the stand-in and joins the browser that it opens, as Playwright's `_electron` would. */
import { fork } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { chromium, type Page } from "playwright-core";
import type { Order, Sight } from "./desk.ts";

export interface DesktopApp {
  /** The studio's window. */
  window: Page;
  /** By which others join the app's browser. */
  endpoint: string;
  /** Of the main process. */
  pid: number;
  /** What a person at the desk does; see desk.ts. */
  order: (order: Order) => void;
  /** What there was to see so far, of one kind. */
  seen: (kind: string) => Sight[];
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

/** The page that the window shows now: after a crash it is another. */
export const pageOf = ({ endpoint }: DesktopApp): Promise<Page> => ownWindow(endpoint);

const register = new URL("register.ts", import.meta.url).href;

export async function launchDesktop(main: string, ...words: string[]): Promise<DesktopApp> {
  const child = fork(main, words, {
    execArgv: ["--disable-warning=ExperimentalWarning", "--import", register],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  const sights: Sight[] = [];
  child.on("message", (message) => {
    if (typeof message === "object" && "sight" in message) sights.push(message.sight as Sight);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.on("message", (message) => {
      if (typeof message === "object" && "endpoint" in message) resolve(String(message.endpoint));
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
    endpoint,
    pid: child.pid ?? 0,
    ended,
    errors: () => errors,
    order: (order) => child.send(order),
    seen: (kind) => sights.filter((sight) => sight.kind === kind),
    quit() {
      child.send("quit");
      return ended;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
