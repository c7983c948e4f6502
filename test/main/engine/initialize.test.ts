import { describe, expect, it } from "vitest";
import { initialNetwork, initialValues } from "../../../main/engine/networks/initialize.ts";
import type { Initializer } from "../../../main/spec/initializers.ts";
import { lsganDc } from "../../../main/spec/presets/lsgan-dc.ts";
import { inferSpecification } from "../../../main/spec/specification.ts";

const fanIn = 40;
const fanOut = 60;

function drawn(initializer: Initializer): Float32Array {
  const variable = {
    name: "kernel",
    shape: [200, 100],
    initializer,
    trainable: true,
    fanIn,
    fanOut,
  };
  return initialValues(variable, "generator.0.kernel", 1).values;
}

const meanOf = (values: Float32Array) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const deviationOf = (values: Float32Array) =>
  Math.sqrt(meanOf(values.map((value) => value * value)) - meanOf(values) ** 2);
const largest = (values: Float32Array) =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

describe("start values", () => {
  it.each([
    ["fanInUniform", 1 / Math.sqrt(fanIn)],
    ["glorotUniform", Math.sqrt(6 / (fanIn + fanOut))],
    ["heUniform", Math.sqrt(6 / fanIn)],
  ] as const)("of %s are uniform within its limit", (kind, limit) => {
    const values = drawn({ kind });
    expect(largest(values)).toBeLessThanOrEqual(limit * 1.000001);
    expect(largest(values)).toBeGreaterThan(limit * 0.99);
    expect(deviationOf(values)).toBeCloseTo(limit / Math.sqrt(3), 2);
  });

  it.each([
    [{ kind: "glorotNormal" }, 0, Math.sqrt(2 / (fanIn + fanOut))],
    [{ kind: "heNormal" }, 0, Math.sqrt(2 / fanIn)],
    [{ kind: "normal", mean: 0.5, standardDeviation: 0.02 }, 0.5, 0.02],
  ] as const)("of %o have its mean and deviation", (initializer, mean, deviation) => {
    const values = drawn(initializer);
    expect(meanOf(values)).toBeCloseTo(mean, 2);
    expect(deviationOf(values)).toBeCloseTo(deviation, 2);
  });

  it("follow from the run's seed and the variable's name", () => {
    const { generator } = inferSpecification(lsganDc.specification);
    const first = initialNetwork("generator", generator, 1);
    expect(initialNetwork("generator", generator, 1)).toEqual(first);
    const other = initialNetwork("generator", generator, 2);
    expect(other["generator.0.kernel"]).not.toEqual(first["generator.0.kernel"]);
    expect(first["generator.2.gamma"]?.values.every((value) => value === 1)).toBe(true);
    expect(first["generator.2.movingMean"]?.values.every((value) => value === 0)).toBe(true);
  });
});
