import { describe, expect, it } from "vitest";
import { classMetrics, modeMetrics } from "../../../main/metrics/class-metrics.ts";
import { classifierScore } from "../../../main/metrics/classifier-score.ts";
import { modesOf, type Predictions } from "../../../main/metrics/predictions.ts";

/** Sure predictions of these classes; `sure` is the class's probability, the rest is spread. */
function predictions(labels: number[], classes: number, sure = 1): Predictions {
  const other = (1 - sure) / (classes - 1);
  return {
    probabilities: Float32Array.from(
      labels.flatMap((label) =>
        Array.from({ length: classes }, (_, c) => (c === label ? sure : other)),
      ),
    ),
    classes,
  };
}
const even = Array.from({ length: 1000 }, (_, i) => i % 10);

describe("the classifier's score", () => {
  it("is the number of classes for sure and even predictions", () => {
    expect(classifierScore(predictions(even, 10), 1).value).toBeCloseTo(10, 5);
  });

  it("is one for a single class, and for predictions that say nothing", () => {
    expect(classifierScore(predictions(new Array<number>(50).fill(3), 10), 1).value).toBeCloseTo(
      1,
      6,
    );
    expect(classifierScore(predictions(even, 10, 0.1), 1).value).toBeCloseTo(1, 6);
  });

  it("of predictions that are sure to 0.9 is that of their closed form", () => {
    const p = 0.9;
    const rest = 0.1 / 9;
    const expected = Math.exp(p * Math.log(p) + 9 * rest * Math.log(rest) + Math.log(10));
    const { value, low, high } = classifierScore(predictions(even, 10, p), 1);
    expect(value).toBeCloseTo(expected, 4);
    expect(low).toBeLessThanOrEqual(value);
    expect(high).toBeGreaterThan(low);
  });

  it("of few images lies in its interval, though each resampling draws classes less evenly", () => {
    const { value, low, high } = classifierScore(predictions(even.slice(0, 100), 10), 1);
    expect(value).toBeCloseTo(10, 5);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThanOrEqual(value);
  });
});

describe("classes", () => {
  it("that are all drawn evenly are all covered, with the entropy of evenness", () => {
    const found = classMetrics(predictions(even, 10), predictions(even, 10, 0.8), 1);
    expect(found.classCoverage.value).toBe(1);
    expect(found.classEntropy.value).toBeCloseTo(Math.log(10), 10);
    expect(found.reverseDivergence.value).toBeCloseTo(0, 10);
    expect(found.confidence.value).toBeCloseTo(0.8, 6);
  });

  it("of which one is drawn have no entropy, and no interval that is upside down", () => {
    const one = predictions(new Array<number>(100).fill(3), 10);
    const { classEntropy } = classMetrics(predictions(even, 10), one, 1);
    expect(classEntropy).toEqual({ value: 0, low: 0, high: 0 });
  });

  it("of which two are drawn are covered to a fifth", () => {
    const two = even.map((label) => label % 2);
    const found = classMetrics(predictions(even, 10), predictions(two, 10), 1);
    expect(found.classCoverage.value).toBeCloseTo(0.2, 12);
    expect(found.classEntropy.value).toBeCloseTo(Math.log(2), 10);
    expect(found.reverseDivergence.value).toBeCloseTo(Math.log(5), 10);
  });

  it("without a real image count neither as covered nor as missing", () => {
    const found = modeMetrics(Uint32Array.of(0, 0, 1), Uint32Array.of(0, 1, 2), 4, 1);
    expect(found.classCoverage.value).toBe(1);
    expect(found.reverseDivergence.value).toBe(Infinity);
  });
});

describe("modes of stacked images", () => {
  it("are the combinations of the classes of their channels", () => {
    const { probabilities } = predictions([1, 2, 3, 0, 0, 9], 10);
    const { modes, possible } = modesOf({ probabilities, classes: 10 }, 3);
    expect([...modes]).toEqual([123, 9]);
    expect(possible).toBe(1000);
  });

  it("have intervals about their values, though each resampling loses some", () => {
    const all = Uint32Array.from({ length: 5000 }, (_, i) => i % 1000);
    const drawn = Uint32Array.from({ length: 3000 }, (_, i) => (i * i) % 1000);
    const { classEntropy, reverseDivergence } = modeMetrics(all, drawn, 1000, 1);
    for (const { value, low, high } of [classEntropy, reverseDivergence]) {
      expect(low).toBeLessThan(value);
      expect(high).toBeGreaterThan(value);
      expect(high - low).toBeLessThan(0.1);
    }
  });

  it("of which one has no real image are infinitely far, and so is the interval's end", () => {
    const { reverseDivergence } = modeMetrics(
      new Uint32Array(50),
      Uint32Array.from({ length: 50 }, (_, i) => i % 2),
      2,
      1,
    );
    expect(reverseDivergence).toMatchObject({ value: Infinity, high: Infinity });
  });

  it("that are all drawn are a thousand, and one image over and over is one", () => {
    const all = Uint32Array.from({ length: 5000 }, (_, i) => i % 1000);
    const found = modeMetrics(all, all, 1000, 1);
    expect(found.classCoverage).toMatchObject({ value: 1, high: 1 });
    expect(found.classCoverage.low).toBeLessThan(1);
    expect(found.reverseDivergence.value).toBeCloseTo(0, 10);
    const one = modeMetrics(all, new Uint32Array(5000).fill(7), 1000, 1);
    expect(one.classCoverage.value).toBeCloseTo(1 / 1000, 12);
    expect(one.reverseDivergence.value).toBeCloseTo(Math.log(1000), 10);
  });
});
