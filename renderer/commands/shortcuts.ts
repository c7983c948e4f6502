/** The list of keys that `?` shows. */
import type { Place } from "./keys.ts";

export interface Shortcut {
  /** Pressed together, or one after the other where `then` is true. */
  keys: readonly string[];
  then?: true;
  title: string;
}

export interface ShortcutGroup {
  title: string;
  shortcuts: readonly Shortcut[];
}

/** Second keys after «G», as they are shown. */
export const goKeys: Readonly<Record<Place, readonly string[]>> = {
  runs: ["G", "R"],
  new: ["G", "N"],
  compare: ["G", "C"],
  explore: ["G", "X"],
  export: ["G", "E"],
  data: ["G", "D"],
  settings: ["G", "S"],
};

const go = (place: Place, title: string): Shortcut => ({ keys: goKeys[place], then: true, title });

/** `control`: what the keyboard calls that key. */
export const shortcutGroups = (control: string): ShortcutGroup[] => [
  {
    title: "Anywhere",
    shortcuts: [
      { keys: [control, "K"], title: "Find a run, a preset, a screen" },
      { keys: ["?"], title: "These shortcuts" },
      { keys: ["Tab"], title: "To the next thing that can be used" },
      { keys: ["Esc"], title: "Close what is open" },
    ],
  },
  {
    title: "In Design",
    shortcuts: [
      { keys: [control, "Z"], title: "Undo" },
      { keys: [control, "Shift", "Z"], title: "Redo" },
      { keys: ["Alt", "↑ or ↓"], title: "Move the layer" },
      { keys: [control, "D"], title: "Duplicate the layer" },
      { keys: ["Delete"], title: "Remove the layer" },
    ],
  },
  {
    title: "On a chart",
    shortcuts: [
      { keys: ["← or →"], title: "Move along it" },
      { keys: ["+ or −"], title: "Zoom in and out" },
      { keys: ["0"], title: "Show all of it" },
    ],
  },
  {
    title: "Go to",
    shortcuts: [
      go("runs", "Runs"),
      go("new", "Design"),
      go("compare", "Compare"),
      go("explore", "Explore"),
      go("export", "Export"),
      go("data", "Data"),
      go("settings", "Settings"),
    ],
  },
];
