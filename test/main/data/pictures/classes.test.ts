import { describe, expect, it } from "vitest";
import { classesOf } from "../../../../main/data/pictures/classes.ts";

describe("classes by folders", () => {
  it("are the first folders on the paths, sorted by name", () => {
    expect(classesOf(["dog/1.png", "cat/young/1.png", "dog/2.png"])).toEqual({
      labels: Uint8Array.from([1, 0, 1]),
      names: ["cat", "dog"],
    });
  });

  it("are sorted as numbers where all are numbers", () => {
    expect(classesOf(["10/a.png", "9/a.png"]).names).toEqual(["9", "10"]);
  });

  it.each([
    ["a picture lies in no folder", ["a.png", "cat/1.png", "dog/1.png"]],
    ["all lie in one", ["images/1.png", "images/2.png"]],
    ["there are more than a byte can count", Array.from({ length: 257 }, (_, i) => `${i}/a.png`)],
    ["there are no pictures", []],
  ])("do not exist when %s", (_, files) => {
    expect(classesOf(files)).toEqual({ labels: null, names: [] });
  });

  it("may be 256", () => {
    const files = Array.from({ length: 256 }, (_, i) => `${i}/a.png`);
    expect(classesOf(files).labels?.at(255)).toBe(255);
  });
});
