import { describe, expect, it } from "vitest";
import { parseRunSearch, searchOfTag, searchWithTag } from "../../../main/contract/run-search.ts";

describe("parseRunSearch", () => {
  it.each([
    ["digits", { text: "digits", tags: [] }],
    ["tag:baseline", { text: "", tags: ["baseline"] }],
    ['wide tag:a TAG:"two words"  net', { text: "wide net", tags: ["a", "two words"] }],
    // As while someone types.
    ["tag:", { text: "", tags: [] }],
    ['tag:"two wo', { text: "", tags: ["two wo"] }],
    ['tag:""', { text: "", tags: [] }],
    // No tag, but a part of a word.
    ["montag:x", { text: "montag:x", tags: [] }],
    ["  ", { text: "", tags: [] }],
  ])("reads %j", (search, wanted) => {
    expect(parseRunSearch(search)).toEqual(wanted);
  });

  it("reads what it writes", () => {
    for (const tag of ["baseline", "two words", "a:b", "#7", "tag:tag"])
      expect(parseRunSearch(searchWithTag("net", tag))).toEqual({ text: "net", tags: [tag] });
  });
});

it("a tag is added to a search once", () => {
  expect(searchWithTag("", "a")).toBe("tag:a");
  expect(searchWithTag("net tag:a", "A")).toBe("net tag:a");
  expect(searchWithTag("net tag:a", "b c")).toBe('net tag:a tag:"b c"');
});

it("a tag takes the place of all others, and none of all", () => {
  expect(searchOfTag("net tag:a tag:b", "c")).toBe("net tag:c");
  expect(searchOfTag("net tag:a tag:b", null)).toBe("net");
});
