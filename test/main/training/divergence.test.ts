import { expect, it } from "vitest";
import { requireFinite } from "../../../main/training/divergence.ts";

const stateOf = (...values: number[]) => ({
  fine: { shape: [1], values: Float32Array.of(1e38) },
  asked: { shape: [values.length], values: Float32Array.from(values) },
});

it("lets finite numbers pass, however large", () => {
  expect(() => {
    requireFinite(stateOf(3.4e38, -3.4e38, 1e-45, 0), 5);
  }).not.toThrow();
});

it.each([NaN, Infinity, -Infinity])("ends a run whose state holds %s", (value) => {
  expect(() => {
    requireFinite(stateOf(1, value, 2), 1234);
  }).toThrow(
    expect.objectContaining({
      code: "run.diverged",
      message: expect.stringContaining("step 1,234") as string,
    }),
  );
});
