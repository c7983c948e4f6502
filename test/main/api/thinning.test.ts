import { describe, expect, it } from "vitest";
import { placesToShow } from "../../../main/api/runs/thinning.ts";

/** Pseudo-random numbers in [0, 1), the same each time (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Two noisy courses, now and then not finite. */
function coursesOf(length: number, seed: number): [number[], number[]] {
  const random = randomNumbers(seed);
  const broken = [NaN, Infinity, -Infinity];
  const course = () =>
    Array.from({ length }, () =>
      random() < 0.01 ? broken[Math.floor(random() * 3)]! : Math.round(random() * 40) - 20,
    );
  return [course(), course()];
}

const cases = [3, 9, 50, 777, 5000].flatMap((length, index) =>
  [2, 3, 7, 8, 14, 100, 1000].map((points) => ({ length, points, seed: index * 100 + points })),
);

/** The stretches that `placesToShow` promises: equal parts of what is between first and last. */
function stretchesOf(length: number, points: number): (readonly [begin: number, end: number])[] {
  const count = Math.floor((points - 2) / 6);
  const bound = (index: number) => 1 + Math.floor((index * (length - 2)) / count);
  return Array.from({ length: count }, (_, index) => [bound(index), bound(index + 1)]);
}

describe("the places to show", () => {
  it.each(cases)("of $length rows in $points points are few, ordered, ends included", (given) => {
    const places = placesToShow(coursesOf(given.length, given.seed), given.points);
    expect(places.length).toBeLessThanOrEqual(given.points);
    expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
    expect([places[0], places.at(-1)]).toEqual([0, given.length - 1]);
  });

  it.each(cases.filter(({ length, points }) => length > points))(
    "of $length rows in $points points hold each stretch's extremes and what is not finite",
    ({ length, points, seed }) => {
      const courses = coursesOf(length, seed);
      const places = placesToShow(courses, points);
      for (const [begin, end] of stretchesOf(length, points)) {
        for (const course of courses) {
          const all = course.slice(begin, end);
          const shown = places.filter((p) => p >= begin && p < end).map((p) => course[p]!);
          const finite = (values: number[]) => values.filter(Number.isFinite);
          expect(Math.min(...finite(shown))).toBe(Math.min(...finite(all)));
          expect(Math.max(...finite(shown))).toBe(Math.max(...finite(all)));
          expect(shown.every(Number.isFinite)).toBe(all.every(Number.isFinite));
        }
      }
    },
  );

  it("are all places where all fit, none of none", () => {
    expect(placesToShow([[3, 1, 2]], 3)).toEqual([0, 1, 2]);
    expect(placesToShow([[3]], 2)).toEqual([0]);
    expect(placesToShow([[], []], 2)).toEqual([]);
  });

  it("are the first and the last alone where there is room for no more", () => {
    for (const points of [2, 7]) {
      expect(placesToShow(coursesOf(1000, points), points)).toEqual([0, 999]);
    }
  });

  it("name each row once, of a flat course one a stretch", () => {
    const flat = new Float64Array(1000).fill(0.5);
    expect(placesToShow([flat, flat], 62)).toHaveLength(2 + 10);
    expect(placesToShow([flat.fill(NaN), flat], 62)).toHaveLength(2 + 10);
  });

  it("keep a single peak among many, of either course", () => {
    for (const peaked of [0, 1]) {
      const courses = [new Float64Array(100_000), new Float64Array(100_000)];
      courses[peaked]![54_321] = 9;
      expect(placesToShow(courses, 200)).toContain(54_321);
    }
  });
});
