import { describe, expect, it } from "vitest";
import { normal, uniform, words } from "../../../main/random/philox.ts";
import { permutation, streamSeed } from "../../../main/random/streams.ts";

const meanOf = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe("random numbers", () => {
  it("start every length of a stream alike", () => {
    expect(uniform([1, 2], 7)).toEqual(uniform([1, 2], 1000).slice(0, 7));
    expect(normal([1, 2], 7)).toEqual(normal([1, 2], 1000).slice(0, 7));
  });

  it("go on from any number of a stream as if all before had been drawn", () => {
    for (const from of [0, 1, 2, 3, 4, 5, 90]) {
      for (const count of [0, 1, 3, 10]) {
        const end = from + count;
        expect(uniform([1, -2], count, from)).toEqual(uniform([1, -2], 100).slice(from, end));
        expect(normal([1, -2], count, from)).toEqual(normal([1, -2], 100).slice(from, end));
      }
    }
  });

  it("are uniform in [0, 1)", () => {
    const values = uniform([4, 4], 100_000);
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values.slice(0, 10_000))).toBeLessThan(1);
    expect(meanOf(values)).toBeCloseTo(0.5, 2);
    const tenths = new Array<number>(10).fill(0);
    for (const value of values) tenths[Math.floor(value * 10)]!++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it("are standard normal", () => {
    const values = normal([4, 4], 100_000);
    expect(meanOf(values)).toBeCloseTo(0, 1);
    expect(meanOf(values.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(meanOf(values.map((value) => value ** 4))).toBeCloseTo(3, 0);
  });

  it("give unsigned words", () => {
    const values = words([7, 0], 1000);
    expect(new Set(values).size).toBe(1000);
    expect(values.some((word) => word > 0x80000000)).toBe(true);
  });
});

describe("streams", () => {
  it("differ by run, by purpose and by counter", () => {
    const first = [...words(streamSeed(1, "shuffle", 0), 4)];
    for (const other of [
      streamSeed(2, "shuffle", 0),
      streamSeed(1, "start", 0),
      streamSeed(1, "shuffle", 1),
    ]) {
      expect([...words(other, 4)]).not.toEqual(first);
    }
  });

  it("shuffle without losing or doubling a number", () => {
    const order = permutation([1, 1], 1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect([...order]).not.toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(permutation([1, 1], 1000)).toEqual(order);
  });

  it("shuffle each place into each place equally often", () => {
    const counts = new Array<number>(4).fill(0);
    for (let trial = 0; trial < 4000; trial++) counts[permutation([trial, 5], 4)[0]!]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
  });
});
