// @vitest-environment node
import { describe, expect, test } from "vitest";
import {
  formatAmount,
  formatBytes,
  formatCount,
  formatDifference,
  formatDuration,
  formatImage,
  formatLoss,
  formatWhen,
} from "../../../renderer/shared/formats.ts";

test("counts have separators, and a dash stands for what is unknown", () => {
  expect(formatCount(1085.4)).toBe("1,085");
  expect(formatCount(0)).toBe("0");
  for (const unknown of [null, undefined, Number.NaN, Infinity])
    expect(formatCount(unknown)).toBe("–");
});

test("one of a thing is singular", () => {
  expect(formatAmount(1, "image")).toBe("1 image");
  expect(formatAmount(20_000, "image")).toBe("20,000 images");
  expect(formatAmount(0, "class", "classes")).toBe("0 classes");
});

test("differences are read as powers of ten, large ones plainly", () => {
  expect([0, 1.23e-7, 0.02, 1e-12].map(formatDifference)).toEqual([
    ...["0", "1.2 · 10⁻⁷", "2.0 · 10⁻²", "1.0 · 10⁻¹²"],
  ]);
  expect([0.3, 1.5, 12, Infinity].map(formatDifference)).toEqual(["0.30", "1.50", "12.00", "∞"]);
});

describe("losses", () => {
  test("have two decimals where two decimals say something", () => {
    expect(formatLoss(0.4149)).toBe("0.41");
    expect(formatLoss(12.3)).toBe("12.30");
    expect(formatLoss(0)).toBe("0.00");
    expect(formatLoss(-1.5)).toBe("−1.50");
  });

  test("are written by exponent when they are very small or very large", () => {
    expect(formatLoss(0.00012)).toBe("1.2e−4");
    expect(formatLoss(-0.00012)).toBe("−1.2e−4");
    expect(formatLoss(123_456)).toBe("1.2e5");
  });

  test("say so when they are no numbers", () => {
    expect(formatLoss(Number.NaN)).toBe("NaN");
    expect(formatLoss(Infinity)).toBe("∞");
    expect(formatLoss(-Infinity)).toBe("−∞");
    expect(formatLoss(null)).toBe("–");
  });
});

test("durations use the two units that matter", () => {
  expect(formatDuration(41.6)).toBe("42 s");
  expect(formatDuration(59.7)).toBe("1 min");
  expect(formatDuration(360)).toBe("6 min");
  expect(formatDuration(3599)).toBe("1 h 0 min");
  expect(formatDuration(4320)).toBe("1 h 12 min");
  expect(formatDuration(273_600)).toBe("3 d 4 h");
  expect(formatDuration(-3)).toBe("0 s");
  expect(formatDuration(Infinity)).toBe("–");
  expect(formatDuration(null)).toBe("–");
});

test("bytes use powers of 1000", () => {
  expect(formatBytes(0)).toBe("0 B");
  expect(formatBytes(999)).toBe("999 B");
  expect(formatBytes(96_000_000)).toBe("96.0 MB");
  expect(formatBytes(640_000_000_000)).toBe("640 GB");
});

test("times are as near as they need be", () => {
  const now = new Date(2026, 10, 22, 15, 0).getTime();
  expect(formatWhen(new Date(2026, 10, 22, 11, 42).getTime(), now)).toBe("11:42");
  expect(formatWhen(new Date(2026, 10, 21, 23, 5).getTime(), now)).toBe("yesterday 23:05");
  expect(formatWhen(new Date(2026, 2, 3, 9, 7).getTime(), now)).toBe("3 Mar 09:07");
  expect(formatWhen(new Date(2024, 2, 3, 9, 7).getTime(), now)).toBe("3 Mar 2024");
});

test("image sizes name their colours", () => {
  expect(formatImage({ height: 28, width: 28, channels: 1 })).toBe("28×28 grey");
  expect(formatImage({ height: 48, width: 64, channels: 3 })).toBe("48×64 colour");
});
