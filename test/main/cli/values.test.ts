import { describe, expect, it } from "vitest";
import { seeds } from "../../../main/cli/values.ts";

describe("seeds", () => {
  it("are a range, a list, or both", () => {
    expect(seeds("1..5")).toEqual([1, 2, 3, 4, 5]);
    expect(seeds("1,3,7")).toEqual([1, 3, 7]);
    expect(seeds("9, 2..3")).toEqual([9, 2, 3]);
  });

  it.each(["", "1..", "5..1", "1,1", "1..200", "a", "-1", "1...3", "2147483648"])(
    "«%s» are none",
    (text) => {
      expect(() => seeds(text)).toThrow(/1\.\.5 or 1,3,7/);
    },
  );
});
