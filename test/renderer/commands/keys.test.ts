// @vitest-environment node
import { expect, test } from "vitest";
import { controlName, readKey, type Key } from "../../../renderer/commands/keys.ts";

const press = (key: string, changes: Partial<Key> = {}): Key => ({
  ...{ key, isControl: false, isAlt: false, isTyped: false, at: 1000 },
  ...changes,
});
const wish = (pending: number | null, key: Key) => readKey(pending, key).wish;

test("Control K opens the palette, in a field too", () => {
  expect(wish(null, press("k", { isControl: true }))).toEqual({ kind: "palette" });
  expect(wish(null, press("K", { isControl: true, isTyped: true }))).toEqual({ kind: "palette" });
});

test("a question mark lists the shortcuts, but not when it is typed into a field", () => {
  expect(wish(null, press("?"))).toEqual({ kind: "shortcuts" });
  expect(wish(null, press("?", { isTyped: true }))).toBeNull();
});

test("G and a letter go to a screen", () => {
  const { pending, wish: first } = readKey(null, press("g"));
  expect(first).toBeNull();
  expect(readKey(pending, press("d", { at: 1400 }))).toEqual({
    wish: { kind: "go", place: "data" },
    pending: null,
  });
});

test("the second key alone, too late, or in a field does nothing", () => {
  expect(wish(null, press("d"))).toBeNull();
  expect(wish(1000, press("d", { at: 2600 }))).toBeNull();
  expect(wish(1000, press("d", { isTyped: true }))).toBeNull();
});

test("a wrong second key ends the waiting, and keys with Control or Alt are left to others", () => {
  expect(readKey(1000, press("q"))).toEqual({ wish: null, pending: null });
  expect(wish(1000, press("r", { isControl: true }))).toBeNull();
  expect(wish(null, press("k", { isControl: true, isAlt: true }))).toBeNull();
});

test("a Mac's key has its sign", () => {
  expect(controlName("Mozilla/5.0 (Macintosh; Intel Mac OS X)")).toBe("⌘");
  expect(controlName("Mozilla/5.0 (X11; Linux x86_64)")).toBe("Ctrl");
});
