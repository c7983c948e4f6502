import { describe, expect, it } from "vitest";
import { glyphs, habits } from "../../../../main/data/digits/glyphs.ts";
import { pointsAtMost } from "../../../../main/data/digits/hand.ts";

describe("the ways to write digits", () => {
  it("are several for each of ten digits, each with its habit", () => {
    expect(glyphs.length).toBe(10);
    expect(habits.length).toBe(10);
    for (const ways of glyphs) expect(ways.length).toBeGreaterThanOrEqual(3);
  });

  it("are movements of two points at least, inside the space of a digit", () => {
    for (const { weight, movements } of glyphs.flat()) {
      expect(weight).toBeGreaterThan(0);
      for (const points of movements) {
        expect(points.length % 2).toBe(0);
        expect(points.length).toBeGreaterThanOrEqual(4);
        expect(points.every((value) => value >= 0 && value <= 100)).toBe(true);
      }
    }
  });

  it("have no more points than a hand has deviations for", () => {
    for (const { movements } of glyphs.flat()) {
      const total = movements.reduce((sum, points) => sum + points.length / 2, 0);
      expect(total).toBeLessThanOrEqual(pointsAtMost);
    }
  });
});
