/**
 * Who sits at the desk: answers dialogs, chooses from the menu, clicks notifications, and tells the test
 * what there was to see. A dialog for which no answer was laid out is cancelled, and told of all the same.
 */
import { EventEmitter } from "node:events";
import type { BrowserWindowConstructorOptions, MenuItemConstructorOptions } from "electron";
import { app } from "./app.ts";
import { strict } from "./strict.ts";

/** What the test tells the app's process. */
export type Order =
  | "quit"
  | { answer: unknown }
  | { menu: string[] }
  | { closeWindow: true }
  | { look: boolean }
  | { clickNotification: true }
  | { startAgain: string[]; folder: string }
  | { openFile: string }
  | { crashPage: true }
  /** Where files lie that the test will drop, by name. */
  | { files: Record<string, string> };

/** What was seen, or done to the desktop. */
export interface Sight {
  kind: string;
  [detail: string]: unknown;
}

export const see = (sight: Sight): void => {
  process.send?.({ sight });
};

const answers: unknown[] = [];
let menu: MenuItemConstructorOptions[] = [];

/** The last argument of dialogs; a window may stand before it. */
const optionsOf = (given: unknown[]): Record<string, unknown> =>
  given.at(-1) as Record<string, unknown>;

const shown =
  (kind: string, cancelled: object) =>
  (...given: unknown[]) => {
    const { signal, ...options } = optionsOf(given);
    see({ kind, options, ...(signal !== undefined && { canBeEnded: true }) });
    return Promise.resolve(answers.shift() ?? cancelled);
  };

export const dialog = strict("dialog", {
  showErrorBox: (title: string, content: string) => process.stderr.write(`${title}: ${content}\n`),
  showOpenDialog: shown("open dialog", { canceled: true, filePaths: [] }),
  showSaveDialog: shown("save dialog", { canceled: true, filePath: "" }),
  showMessageBox: shown("message box", { response: 1 }),
});

export const Menu = strict("Menu", {
  buildFromTemplate: (template: MenuItemConstructorOptions[]) => template,
  setApplicationMenu: (given: MenuItemConstructorOptions[]) => {
    menu = given;
  },
});

const plain = (label: string | undefined) => label?.replace("&", "");

function choose(path: string[]): void {
  let items: MenuItemConstructorOptions[] = menu;
  let item: MenuItemConstructorOptions | undefined;
  for (const label of path) {
    item = items.find((one) => (plain(one.label) ?? one.role) === label);
    if (!item) throw new Error(`the menu has no ${path.join(" → ")}`);
    items = (item.submenu ?? []) as MenuItemConstructorOptions[];
  }
  if (item?.role === "quit") app.quit();
  else if (item?.click) (item.click as () => void)();
  else throw new Error(`${path.join(" → ")} does nothing`);
}

const notifications: EventEmitter[] = [];

export class Notification extends EventEmitter {
  static isSupported = (): boolean => true;
  readonly #text: object;

  constructor(text: object) {
    super();
    this.#text = text;
  }

  show(): void {
    notifications.push(this);
    see({ kind: "notification", ...this.#text });
  }
}

let blockers = 0;
export const powerSaveBlocker = strict("powerSaveBlocker", {
  start: (type: string) => {
    see({ kind: "awake", type });
    return ++blockers;
  },
  stop: () => {
    see({ kind: "may sleep" });
  },
});

export const powerMonitor = strict("powerMonitor", new EventEmitter());

export const nativeTheme = strict("nativeTheme", { themeSource: "system" });

export const screen = strict("screen", {
  getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }],
});

export const shell = strict("shell", {
  openPath: (path: string) => {
    see({ kind: "open path", path });
    return Promise.resolve("");
  },
});

interface OrderedWindow extends EventEmitter {
  look(isLookedAt: boolean): void;
  tryClose(): Promise<boolean>;
  crash(): void;
  tell(message: object): Promise<void>;
}

/** Does what the test orders. */
export function obey(order: Order): void {
  const [window] = [...app.openWindows] as unknown as OrderedWindow[];
  if (order === "quit") app.quit();
  else if ("answer" in order) answers.push(order.answer);
  else if ("menu" in order) choose(order.menu);
  else if ("closeWindow" in order) void window?.tryClose();
  else if ("look" in order) window?.look(order.look);
  else if ("clickNotification" in order) notifications.at(-1)?.emit("click", {});
  else if ("startAgain" in order)
    app.emit("second-instance", {}, [process.execPath, ...order.startAgain], order.folder);
  else if ("openFile" in order)
    app.emit("open-file", { preventDefault: () => undefined }, order.openFile);
  else if ("files" in order)
    void window?.tell({ files: order.files }).then(() => {
      see({ kind: "files" });
    });
  else window?.crash();
}

/** What of a window's options can be seen. */
export const seeWindow = ({ x, y, width, height }: BrowserWindowConstructorOptions): void => {
  see({ kind: "window", x, y, width, height });
};
