import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, found, only } from "../cases.ts";

describe("a discriminator that learns faster than the generator", () => {
  const rates = (generator: number, discriminator: number) => ({
    learningRateGenerator: generator,
    learningRateDiscriminator: discriminator,
  });
  const share = (of: number) => ({ lossDiscriminator: 2 * Math.LN2 * of, lossGenerator: 2 });
  const preset = "basic-mlp";

  test("by more than papers let it is a warning where it is clearly ahead, else a note", () => {
    const told = (of: number, ratio: number) =>
      caseOf({
        preset,
        values: (step) => ({ ...share(of + 0.01 * Math.sin(step)), ...rates(1e-4, ratio * 1e-4) }),
      });
    expect(only(told(0.05, 50))).toMatchObject({
      ...{ id: "discriminator-strong", name: "The discriminator learns too fast" },
      ...{ severity: "warning", since: 100 },
    });
    expect(only(told(0.05, 50)).numbers).toMatch(
      /50 times the generator's, where papers go up to 4/,
    );
    expect(only(told(0.7, 5)).severity).toBe("note");
    expect(found(told(1, 50))).toEqual([]);
    expect(found(told(0.05, 4))).toEqual([]);
  });

  test("is told by its loss where that leaps, at whatever rate above the generator's", () => {
    const leaping = (steps: readonly number[], to: number, ratio: number) =>
      caseOf({
        preset,
        values: (step) => ({
          ...rates(1e-4, ratio * 1e-4),
          ...(steps.includes(step) ? { lossDiscriminator: to } : {}),
        }),
      });
    const finding = only(leaping([150, 250], 6, 2));
    expect(finding).toMatchObject({ severity: "warning", since: 150 });
    expect(finding.numbers).toMatch(/as much as 6, in 2 of the steps .* balance it is 1\.39/);
    expect(found(leaping([250], 6, 2))).toEqual([]);
    expect(found(leaping([250], 30, 2))).toEqual(["discriminator-strong"]);
    expect(found(leaping([10], 30, 2))).toEqual([]);
    expect(found(leaping([150, 250], 6, 1))).toEqual([]);
  });

  test("may have any rate where the two optimizers differ, or the loss has no balance", () => {
    const values = (step: number) => ({
      ...share(0.05 + 0.01 * Math.sin(step)),
      ...rates(1e-4, 5e-3),
    });
    const sgd = ({ optimizers }: Case["specification"]) => ({
      optimizers: {
        ...optimizers,
        discriminator: {
          ...({ kind: "sgd", learningRate: 5e-3, momentum: 0, nesterov: false } as const),
          schedule: { kind: "constant" } as const,
        },
      },
    });
    expect(found(caseOf({ preset, values, specification: sgd }))).toEqual([]);
    expect(found(caseOf({ preset: "wgan-gp", values }))).toEqual([]);
  });
});
