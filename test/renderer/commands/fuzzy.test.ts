// @vitest-environment node
import { expect, test } from "vitest";
import { fuzzyMatch } from "../../../renderer/commands/fuzzy.ts";

const better = (query: string, first: string, second: string) => {
  const scores = [first, second].map((text) => fuzzyMatch(query, text)?.score ?? -Infinity);
  expect(scores[0]).toBeGreaterThan(scores[1]!);
};

test("letters match in their order, whatever lies between them and however they are written", () => {
  expect(fuzzyMatch("vd", "Vanilla, dense")?.places).toEqual([0, 9]);
  expect(fuzzyMatch("VAN den", "Vanilla, dense")?.places).toEqual([0, 1, 2, 9, 10, 11]);
  expect(fuzzyMatch("dv", "Vanilla, dense")).toBeNull();
});

test("a text that lacks a letter does not fit", () => {
  expect(fuzzyMatch("vanx", "Vanilla, dense")).toBeNull();
  expect(fuzzyMatch("x", "")).toBeNull();
});

test("starts of words, and letters that follow one another, are better than letters apart", () => {
  better("data", "Data", "Did a tall tale");
  better("run", "Runs", "Truant");
  better("th", "Dark theme", "Light");
  better("set", "Settings", "Sheet");
});

test("the better of several places is taken", () => {
  expect(fuzzyMatch("run", "Truant run")?.places).toEqual([7, 8, 9]);
});

test("letters whose small form is longer do not lead to wrong places", () => {
  expect(fuzzyMatch("n", "İstanbul n")).toBeNull();
});
