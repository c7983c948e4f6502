import { describe, expect, it } from "vitest";
import {
  changedTags,
  longestTag,
  mostTags,
  parseTag,
  tagKey,
  usableTags,
} from "../../../main/spec/tags.ts";

describe("parseTag", () => {
  it("trims, joins spaces, and normalises what looks alike", () => {
    expect(parseTag("  good\t\n faces  ")).toBe("good faces");
    expect(parseTag("e\u0301tude")).toBe("\u00e9tude");
    expect(parseTag("баз 2")).toBe("баз 2");
    expect(parseTag("👩\u200d🔬")).toBe("👩\u200d🔬");
    expect(parseTag("#7")).toBe("#7");
  });

  it.each([
    ["", /no letter, digit or sign/],
    ["   \u3000", /no letter, digit or sign/],
    ["\u200d", /no letter, digit or sign/],
    ["a,b", /commas/],
    ['a"b', /quotation marks/],
    ["a\u0007b", /nobody can see/],
    ["a\u202eb", /nobody can see/],
    ["a\u200bb", /nobody can see/],
    ["\ud800", /nobody can see/],
    ["x".repeat(longestTag + 1), /has 41 characters. Use at most 40/],
  ])("refuses %j with a sentence", (text, words) => {
    expect(() => parseTag(text)).toThrow(words);
  });

  it("never says a sign that steers a terminal, nor a text without end", () => {
    for (const text of [`\u202e${"x".repeat(9000)}`, "\u001b[2J"]) {
      let message = "";
      try {
        parseTag(text);
      } catch (thrown) {
        ({ message } = thrown as Error);
      }
      expect(message).toMatch(/^«[^\p{C}]{1,41}» cannot be a tag: .*\.$/u);
    }
  });

  it("counts characters, not their halves", () => {
    expect(parseTag("𝕏".repeat(longestTag))).toHaveLength(2 * longestTag);
  });
});

it("two tags that differ in case or width alone are one", () => {
  expect(tagKey("Baseline")).toBe(tagKey("bASELINE"));
  expect(tagKey("Ａ")).toBe(tagKey("a"));
  expect(tagKey("é")).not.toBe(tagKey("e"));
});

describe("changedTags", () => {
  it("adds each tag once, and keeps the spelling that a run has", () => {
    expect(changedTags(["Old"], { add: ["old", "new", "NEW"], remove: [] }, "A")).toEqual({
      tags: ["Old", "new"],
      removed: [],
      isOther: true,
    });
  });

  it("takes tags in whatever case, and tells which there were", () => {
    expect(changedTags(["One", "two"], { add: [], remove: ["ONE", "three"] }, "A")).toEqual({
      tags: ["two"],
      removed: ["One"],
      isOther: true,
    });
  });

  it("takes a tag that is to be given and taken", () => {
    const both = { add: ["a"], remove: ["a"] };
    expect(changedTags(["a"], both, "A")).toEqual({ tags: [], removed: ["a"], isOther: true });
    expect(changedTags([], both, "A")).toEqual({ tags: [], removed: [], isOther: false });
  });

  it("refuses more than a run can have, and still lets some be taken", () => {
    const many = Array.from({ length: mostTags }, (_, i) => `t${i}`);
    expect(() => changedTags(many, { add: ["one more"], remove: [] }, "Trial")).toThrow(
      /^«Trial» would have 17 tags, and a run can have 16/,
    );
    expect(changedTags(many, { add: ["other"], remove: ["t3"] }, "Trial").tags).toHaveLength(16);
    const more = [...many, "a", "b"];
    expect(changedTags(more, { add: [], remove: ["a"] }, "Trial").tags).toHaveLength(17);
  });
});

it("of a file that anyone may have written, usable tags alone are kept, each once", () => {
  const many = Array.from({ length: 99 }, (_, i) => `t${i}`);
  expect(usableTags([" a ", "A", "", "b,c", "\u202ed", "x".repeat(1e6), "e"])).toEqual(["a", "e"]);
  expect(usableTags(many)).toEqual(many.slice(0, mostTags));
});
