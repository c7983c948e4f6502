// @vitest-environment node
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Notices } from "../../../renderer/shared/notices.svelte.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const texts = (notices: Notices) => notices.shown.map(({ text }) => text);

test("a notice goes by itself; bad news and what stays do not", () => {
  const notices = new Notices();
  notices.show({ text: "Saved." });
  notices.show({ text: "The disk is full.", tone: "bad" });
  notices.show({ text: "Starting", stays: true });
  vi.advanceTimersByTime(60_000);
  expect(texts(notices)).toEqual(["The disk is full.", "Starting"]);
});

test("undo calls the act back and never settles it", () => {
  const [undo, settle] = [vi.fn(), vi.fn()];
  const notices = new Notices();
  const id = notices.offerUndo("The run was removed.", undo, settle);
  notices.act(id);
  notices.act(id);
  vi.advanceTimersByTime(60_000);
  expect([undo.mock.calls.length, settle.mock.calls.length]).toEqual([1, 0]);
  expect(notices.shown).toEqual([]);
});

test("what was not undone is settled once, when its notice goes or is put away", () => {
  const [left, away] = [vi.fn(), vi.fn()];
  const notices = new Notices();
  notices.offerUndo("One", vi.fn(), left);
  const id = notices.offerUndo("Two", vi.fn(), away);
  notices.dismiss(id);
  notices.dismiss(id);
  expect([left.mock.calls.length, away.mock.calls.length]).toEqual([0, 1]);
  vi.advanceTimersByTime(60_000);
  expect([left.mock.calls.length, away.mock.calls.length]).toEqual([1, 1]);
});

test("while someone looks at them none leaves, then each has its time again", () => {
  const notices = new Notices();
  notices.show({ text: "Saved." });
  notices.hold();
  notices.show({ text: "Saved again." });
  vi.advanceTimersByTime(60_000);
  expect(texts(notices)).toEqual(["Saved.", "Saved again."]);
  notices.release();
  notices.release();
  vi.advanceTimersByTime(60_000);
  expect(notices.shown).toEqual([]);
});
