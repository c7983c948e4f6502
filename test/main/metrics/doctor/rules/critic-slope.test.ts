import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, found, only } from "../cases.ts";

describe("the critic's slope", () => {
  const values = (step: number) => ({ lossDiscriminator: -5 - Math.sin(step) });
  test.each([
    [4, "lowered"],
    [0.1, "raised"],
  ])("of %d is off its target of 1", (slope, change) => {
    const finding = only(
      caseOf({ preset: "wgan-gp", values, checkup: () => ({ criticSlope: slope }) }),
    );
    expect(finding.id).toBe("critic-slope");
    expect(finding.remedies[0]?.title).toContain(change);
  });

  test("that is flat asks for as many updates as the paper's before it asks for a higher rate", () => {
    const specification = ({ loop }: Case["specification"]) => ({
      loop: { ...loop, discriminatorSteps: 1 },
    });
    const checkup = () => ({ criticSlope: 0.1 });
    const titles = only(caseOf({ preset: "wgan-gp", values, checkup, specification })).remedies.map(
      ({ title }) => title,
    );
    expect(titles[0]).toBe("5 updates of the critic a step");
    expect(titles[1]).toContain("raised");
  });

  test("is explained by the loss that the penalty belongs to", () => {
    const penalised = ({ regularizers }: Case["specification"]) => ({
      regularizers: [...regularizers, { kind: "gradientPenalty", weight: 10, target: 1 } as const],
    });
    const checkup = () => ({ criticSlope: 4 });
    const finding = only(caseOf({ preset: "sngan-32", specification: penalised, checkup }));
    expect(finding.name).toBe("The discriminator's slope is off its target");
    expect(finding.why).not.toMatch(/Wasserstein|critic/);
  });

  test("somewhat above its target is as usual", () => {
    const checkup = () => ({ criticSlope: 1.8 });
    expect(found(caseOf({ preset: "wgan-gp", values, checkup }))).toEqual([]);
  });

  test("may be anything where nothing asks for one", () => {
    expect(
      found(caseOf({ preset: "wgan-clip", values, checkup: () => ({ criticSlope: 30 }) })),
    ).toEqual([]);
  });
});
