/** The line that ends a test run. */
import { describe, expect, it } from "vitest";
import { countTests, countsLine } from "../../../scripts/test/counts.mjs";

function module(state: string, tests: string[]) {
  return {
    state: () => state,
    children: {
      allTests: (wanted?: string) =>
        tests
          .filter((each) => wanted === undefined || each === wanted)
          .map((each) => ({ result: () => ({ state: each }) })),
    },
  };
}

describe("the counts", () => {
  it("are of all files together, in one plain line", () => {
    const modules = [
      module("failed", ["passed", "failed", "skipped"]),
      module("passed", ["passed", "passed"]),
    ];
    expect(countsLine(countTests(modules, []))).toBe("3 passed, 1 failed, 1 skipped");
  });

  it("count a file that does not load, and an error outside of any test, as failures", () => {
    const modules = [module("failed", []), module("passed", ["passed"])];
    expect(countTests(modules, [new Error("late")])).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });

  it("are a failure when nothing was counted", () => {
    expect(countsLine(null)).toBe("0 passed, 1 failed, 0 skipped");
  });
});
