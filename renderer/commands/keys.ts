/**
 * Which keys do what anywhere in the page. «G» waits for a second key, as in many programs; keys that
 * someone types into a field are theirs.
 */

export const places = ["runs", "new", "compare", "explore", "export", "data", "settings"] as const;
export type Place = (typeof places)[number];

/** What a key asks for. */
export type Wish = { kind: "palette" } | { kind: "shortcuts" } | { kind: "go"; place: Place };

/** When «G» was pressed, in milliseconds; null when it was not. */
export type Pending = number | null;

/** How long «G» waits for its second key, in milliseconds. */
const patience = 1500;

const placeOfKey: Readonly<Record<string, Place>> = {
  r: "runs",
  n: "new",
  c: "compare",
  x: "explore",
  e: "export",
  d: "data",
  s: "settings",
};

export interface Key {
  key: string;
  /** Control, or Command on a Mac. */
  isControl: boolean;
  isAlt: boolean;
  /** Whether it goes into a field. */
  isTyped: boolean;
  /** Milliseconds, of any clock that goes forward. */
  at: number;
}

/** What a key means after what was pressed before, and what is pressed now. */
export function readKey(pending: Pending, key: Key): { wish: Wish | null; pending: Pending } {
  const name = key.key.toLowerCase();
  if (key.isControl && !key.isAlt && name === "k")
    return { wish: { kind: "palette" }, pending: null };
  if (key.isControl || key.isAlt || key.isTyped) return { wish: null, pending: null };
  if (name === "?") return { wish: { kind: "shortcuts" }, pending: null };
  if (pending !== null && key.at - pending <= patience) {
    const place = placeOfKey[name];
    return { wish: place ? { kind: "go", place } : null, pending: null };
  }
  return { wish: null, pending: name === "g" ? key.at : null };
}

const typedInto =
  "input:not([type=radio], [type=checkbox], [type=range], [type=button]), textarea, select, [contenteditable=true]";

export const keyOf = (event: KeyboardEvent): Key => ({
  key: event.key,
  isControl: event.ctrlKey || event.metaKey,
  isAlt: event.altKey,
  isTyped: event.target instanceof Element && event.target.closest(typedInto) !== null,
  at: event.timeStamp,
});

/** `⌘` or `Ctrl`, as the keyboard in front of the page has it. */
export const controlName = (platform: string): string =>
  /mac|iphone|ipad/i.test(platform) ? "⌘" : "Ctrl";
