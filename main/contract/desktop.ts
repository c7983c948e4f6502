/**
 * What the page of the desktop app may ask of its window beyond the studio's commands, and what the
 * window wishes of the page. A browser has none of it: there the page does without.
 */
import * as v from "valibot";

/** Places that are chosen in one of the system's own dialogs. */
export const choices = [
  "data folder",
  "data file",
  "bundle",
  "model file",
  "model folder",
  "export folder",
  "feature network",
  "tensorflow folder",
] as const;
export type Choice = (typeof choices)[number];

const preferenceEntries = {
  /** Whether the system tells that a run has ended while the window is behind others. */
  notifyOfEnds: v.boolean(),
  /** Whether the machine may not go to sleep by itself while a run trains. */
  stayAwake: v.boolean(),
};

export const preferencesSchema = v.object(preferenceEntries);
export type Preferences = v.InferOutput<typeof preferencesSchema>;

export const defaultPreferences: Preferences = { notifyOfEnds: true, stayAwake: true };

export type WishedScreen =
  "runs" | "new" | "compare" | "explore" | "data" | "export" | "settings" | "help";

/** What a menu, a file that was opened, or a clicked notification wants of the page. */
export type Wish =
  | { kind: "show"; screen: WishedScreen }
  | { kind: "run"; id: string }
  | { kind: "import"; path: string }
  | { kind: "palette" }
  | { kind: "shortcuts" };

const nothing = v.strictObject({});

/** Each question's payload; unknown keys are refused. */
export const desktopCommands = {
  /** Hands over what is wished, oldest first; each wish once. A ping tells when there are new ones. */
  "desktop.wishes": nothing,
  /** Asks with one of the system's dialogs; `name` is what a new folder is called at first. */
  "desktop.choose": v.strictObject({
    what: v.picklist(choices),
    name: v.optional(v.pipe(v.string(), v.regex(/^[\w. -]{1,100}$/))),
  }),
  "desktop.preferences": nothing,
  /** Changes what is given; answers with all. Throws `file.unwritable` or `disk.full`. */
  "desktop.prefer": v.partial(v.strictObject(preferenceEntries)),
  /** Shows the data folder in the system's file browser. */
  "desktop.showDataFolder": nothing,
  /** Menus and dialogs of the system follow the page's theme. */
  "desktop.theme": v.strictObject({ choice: v.picklist(["system", "light", "dark"]) }),
} as const;

export type DesktopCommand = keyof typeof desktopCommands;
export type DesktopPayload<Name extends DesktopCommand> = v.InferOutput<
  (typeof desktopCommands)[Name]
>;

export interface DesktopResults {
  "desktop.wishes": { wishes: Wish[] };
  /** Null where the dialog was cancelled. */
  "desktop.choose": { path: string | null };
  "desktop.preferences": Preferences;
  "desktop.prefer": Preferences;
  "desktop.showDataFolder": { shown: boolean };
  "desktop.theme": { choice: "system" | "light" | "dark" };
}

/** One function a question. */
export type DesktopHandlers = {
  [Name in DesktopCommand]: (
    payload: DesktopPayload<Name>,
  ) => Promise<DesktopResults[Name]> | DesktopResults[Name];
};
