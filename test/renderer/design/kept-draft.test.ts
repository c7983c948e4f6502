// @vitest-environment node
import { expect, test } from "vitest";
import { presetOf } from "../../../main/spec/presets.ts";
import {
  keepDraft,
  readDraft,
  type DraftStorage,
  type KeptDraft,
} from "../../../renderer/design/kept-draft.ts";

function storage(): DraftStorage & { text: string | null } {
  return {
    text: null,
    getItem() {
      return this.text;
    },
    setItem(_key, text) {
      this.text = text;
    },
  };
}
const draft: KeptDraft = {
  document: presetOf("wgan-gp").specification,
  name: "Second try",
  seeds: "1..5",
  from: { name: "First" },
  taken: "run-1",
};

test("a draft is read as it was kept", () => {
  const store = storage();
  expect(readDraft(store)).toBeNull();
  keepDraft(store, draft);
  expect(readDraft(store)).toEqual(draft);
});

test("a draft with an unusable field leaves the last usable one", () => {
  const store = storage();
  keepDraft(store, draft);
  keepDraft(store, { ...draft, document: { ...draft.document, seed: null as unknown as number } });
  expect(readDraft(store)).toEqual(draft);
});

test("what is damaged or of another version is no draft", () => {
  const store = storage();
  for (const text of ["{", "[]", "null", JSON.stringify({ ...draft, document: { version: 9 } })]) {
    store.text = text;
    expect(readDraft(store)).toBeNull();
  }
});

test("a browser that forbids storage keeps nothing and breaks nothing", () => {
  const forbidden: DraftStorage = {
    getItem() {
      throw new Error("forbidden");
    },
    setItem() {
      throw new Error("forbidden");
    },
  };
  expect(readDraft(forbidden)).toBeNull();
  expect(() => {
    keepDraft(forbidden, draft);
  }).not.toThrow();
});
