import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, found, only } from "../cases.ts";

describe("losses that stand still", () => {
  test("both, for a while", () => {
    const values = () => ({ lossGenerator: 0.693, lossDiscriminator: 0.693 });
    expect(only(caseOf({ values }))).toMatchObject({ id: "frozen-loss", since: 1 });
    const oneMoves = () => ({ lossDiscriminator: 0.693 });
    expect(found(caseOf({ values: oneMoves }))).toEqual([]);
  });

  test("a learning rate of 0 is named", () => {
    const values = () => ({ learningRateDiscriminator: 0 });
    expect(only(caseOf({ values })).name).toBe("The discriminator does not learn");
    const later = (step: number) => (step > 100 ? values() : {});
    expect(only(caseOf({ values: later })).since).toBe(110);
  });

  test("a schedule may end at 0", () => {
    const specification = ({ optimizers }: Case["specification"]) => ({
      optimizers: {
        ...optimizers,
        generator: {
          ...optimizers.generator,
          schedule: { kind: "linear", epochs: 1, endFactor: 0 } as const,
        },
      },
    });
    const values = (step: number) => ({ learningRateGenerator: step > 150 ? 0 : 1e-4 });
    expect(found(caseOf({ values, specification }))).toEqual([]);
  });
});
