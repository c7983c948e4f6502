import { beforeEach, expect, test } from "vitest";
import { Theme } from "../../../renderer/shared/theme.svelte.ts";

beforeEach(() => {
  localStorage.clear();
  delete document.documentElement.dataset.theme;
  // jsdom has no media queries; this system is a dark one.
  window.matchMedia = (media) =>
    Object.assign(new EventTarget(), { media, matches: media.includes("dark") }) as never;
});

test("without a choice the system decides", () => {
  const theme = new Theme();
  expect(theme.choice).toBe("system");
  expect(theme.shown).toBe("dark");
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test("a choice is shown at once and remembered", () => {
  new Theme().choose("light");
  expect(document.documentElement.dataset.theme).toBe("light");
  const next = new Theme();
  expect([next.choice, next.shown]).toEqual(["light", "light"]);
});

test("going back to the system's choice takes the mark away", () => {
  const theme = new Theme();
  theme.choose("light");
  theme.choose("system");
  expect(document.documentElement.dataset.theme).toBeUndefined();
});

test("nonsense in the storage counts as no choice", () => {
  localStorage.setItem("gan-studio.theme", "purple");
  expect(new Theme().choice).toBe("system");
});
