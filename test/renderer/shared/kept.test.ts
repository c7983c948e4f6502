import * as v from "valibot";
import { expect, test, vi } from "vitest";
import { keep, recall } from "../../../renderer/shared/kept.ts";

const schema = v.strictObject({ seed: v.nullable(v.number()) });

test("what is kept is there again, under its own name alone", () => {
  keep("explore a", { seed: 7 });
  expect(recall("explore a", schema)).toEqual({ seed: 7 });
  expect(recall("explore b", schema)).toBeNull();
});

test("null forgets", () => {
  keep("form", { seed: 7 });
  keep("form", null);
  expect(recall("form", schema)).toBeNull();
});

test("what another version kept, or no one understands, counts as nothing", () => {
  keep("form", { seed: "seven" });
  expect(recall("form", schema)).toBeNull();
  sessionStorage.setItem("gan-studio.kept.form", "{");
  expect(recall("form", schema)).toBeNull();
});

test("a tab that may not store forgets, and nothing else happens", () => {
  const forbid = () => {
    throw new DOMException("The quota has been exceeded.");
  };
  const set = vi.spyOn(Storage.prototype, "setItem").mockImplementation(forbid);
  const get = vi.spyOn(Storage.prototype, "getItem").mockImplementation(forbid);
  keep("form", { seed: 7 });
  expect(recall("form", schema)).toBeNull();
  set.mockRestore();
  get.mockRestore();
});
