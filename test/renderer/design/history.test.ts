// @vitest-environment node
import { expect, test } from "vitest";
import { changed, historyOf, redone, undone } from "../../../renderer/design/history.ts";

test("undo goes back, redo goes forth, and both stop at the ends", () => {
  const history = changed(changed(historyOf("a"), "b", null), "c", null);
  expect(undone(history).present).toBe("b");
  expect(undone(undone(undone(history))).present).toBe("a");
  expect(redone(undone(history))).toMatchObject({ past: ["a", "b"], present: "c", future: [] });
  expect(redone(history)).toBe(history);
});

test("typing on in one field is one act", () => {
  const typed = changed(changed(changed(historyOf("1"), "12", "x"), "123", "x"), "4", "y");
  expect(undone(typed).present).toBe("123");
  expect(undone(undone(typed)).present).toBe("1");
});

test("typing after an undo is a new act, though in the same field", () => {
  const back = undone(changed(changed(historyOf("1"), "2", "x"), "3", "y"));
  const typed = changed(back, "4", "x");
  expect(undone(typed).present).toBe("2");
});

test("a change after undo forgets what was undone", () => {
  const history = changed(undone(changed(historyOf("a"), "b", null)), "c", null);
  expect(history.future).toEqual([]);
  expect(redone(history)).toBe(history);
});

test("no change leaves no entry, and the oldest entries are forgotten", () => {
  const start = historyOf(0);
  expect(changed(start, 0, null)).toBe(start);
  let history = start;
  for (let value = 1; value <= 500; value += 1) history = changed(history, value, null);
  expect(history.past).toHaveLength(200);
  expect(history.past.at(-1)).toBe(499);
});
