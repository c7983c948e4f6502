/** The answers to what the page asks of its window. */
import type { Dialog, NativeTheme } from "electron";
import { defaultPreferences, type DesktopHandlers, type Preferences } from "../contract/desktop.ts";
import { choosePath, type Chooser } from "./choose.ts";
import type { Document } from "./documents.ts";
import type { Wishes } from "./wishes.ts";

export interface KeptPreferences {
  now: () => Preferences;
  /** Throws `file.unwritable` or `disk.full`; then nothing has changed. */
  change: (changes: { [Name in keyof Preferences]?: Preferences[Name] | undefined }) => Preferences;
}

export function keepPreferences(document: Document<Preferences>): KeptPreferences {
  let preferences = { ...defaultPreferences, ...document.read() };
  return {
    now: () => preferences,
    change({ notifyOfEnds, stayAwake }) {
      const changed = {
        notifyOfEnds: notifyOfEnds ?? preferences.notifyOfEnds,
        stayAwake: stayAwake ?? preferences.stayAwake,
      };
      document.write(changed);
      preferences = changed;
      return changed;
    },
  };
}

export interface DesktopParts {
  wishes: Pick<Wishes, "take">;
  preferences: KeptPreferences;
  /** Told after each change of preferences. */
  onPreferences: () => void;
  dialog: Pick<Dialog, "showOpenDialog" | "showSaveDialog">;
  window: Chooser["window"];
  nativeTheme: Pick<NativeTheme, "themeSource">;
  /** Resolves with "" or with what went wrong, as Electron's own does. */
  showDataFolder: () => Promise<string>;
}

export function desktopHandlers(parts: DesktopParts): DesktopHandlers {
  const { wishes, preferences, onPreferences, dialog, window, nativeTheme } = parts;
  return {
    "desktop.wishes": () => ({ wishes: wishes.take() }),
    "desktop.choose": async ({ what, name }) => ({
      path: await choosePath({ dialog, window }, what, name),
    }),
    "desktop.preferences": () => preferences.now(),
    "desktop.prefer"(changes) {
      const changed = preferences.change(changes);
      onPreferences();
      return changed;
    },
    "desktop.showDataFolder": async () => ({ shown: (await parts.showDataFolder()) === "" }),
    "desktop.theme"({ choice }) {
      nativeTheme.themeSource = choice;
      return { choice };
    },
  };
}
