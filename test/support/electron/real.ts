/**
 * The built app on Electron itself, where its binary and a display are there: the same interface as on the
 * stand-in, as far as it can be had from outside. Dialogs are answered as they are there; they are not
 * shown, because nobody sits before them.
 */
import { join } from "node:path";
import { _electron } from "playwright-core";
import { electronExecutable, missingDisplay } from "../../../scripts/start/electron.mjs";
import type { Order, Sight } from "./desk.ts";
import type { DesktopApp } from "./launch.ts";

const folder = join(import.meta.dirname, "..", "..", "..", "node_modules", "electron");
const executable = electronExecutable(folder);

/** Why nothing can be shown on Electron itself here; null where it can. */
export const electronMissing =
  executable === null
    ? "Electron's binary is not installed"
    : missingDisplay(process.platform, process.env);
export const electronNote = electronMissing === null ? "" : ` (not run: ${electronMissing})`;

const mark = "desk sees ";

export async function launchElectron(main: string, ...words: string[]): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath: executable ?? "",
    // In a container there is nobody whom the sandbox would keep apart, and no right to make one.
    args: [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), main, ...words],
  });
  const child = app.process();
  const sights: Sight[] = [];
  let errors = "";
  child.stderr?.on("data", (text: Buffer) => (errors += text.toString()));
  child.stdout?.on("data", (text: Buffer) => {
    for (const line of text.toString().split("\n"))
      if (line.startsWith(mark)) sights.push(JSON.parse(line.slice(mark.length)) as Sight);
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  await app.evaluate(({ dialog }, prefix) => {
    const desk = globalThis as unknown as { laidOut: unknown[] };
    desk.laidOut = [];
    const answer =
      (kind: string, cancelled: object) =>
      (...given: unknown[]) => {
        const { signal: _, ...options } = given.at(-1) as Record<string, unknown>;
        process.stdout.write(`${prefix}${JSON.stringify({ kind, options })}\n`);
        return Promise.resolve(desk.laidOut.shift() ?? cancelled) as never;
      };
    dialog.showMessageBox = answer("message box", { response: 1 });
    dialog.showOpenDialog = answer("open dialog", { canceled: true, filePaths: [] });
    dialog.showSaveDialog = answer("save dialog", { canceled: true, filePath: "" });
  }, mark);

  const obey = (order: Order): Promise<void> => {
    if (order === "quit")
      return app.evaluate((electron) => {
        electron.app.quit();
      });
    if ("answer" in order)
      return app.evaluate((_electronModule, answer) => {
        (globalThis as unknown as { laidOut: unknown[] }).laidOut.push(answer);
      }, order.answer);
    if ("closeWindow" in order)
      return app.evaluate(({ BrowserWindow }) => {
        BrowserWindow.getAllWindows()[0]?.close();
      });
    throw new Error(`only the stand-in obeys ${JSON.stringify(order)}`);
  };
  return {
    window: await app.firstWindow(),
    endpoint: "",
    pid: child.pid ?? 0,
    ended,
    errors: () => errors,
    // An app that ends while it obeys cannot say that it did.
    order: (order) => void obey(order).catch(() => undefined),
    seen: (kind) => sights.filter((sight) => sight.kind === kind),
    async quit() {
      await obey("quit").catch(() => undefined);
      return ended;
    },
    kill: () => child.kill("SIGKILL"),
  };
}
