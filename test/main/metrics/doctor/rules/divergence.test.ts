import { describe, expect, test } from "vitest";
import { caseOf, found, only } from "../cases.ts";

describe("divergence", () => {
  test("where a number is no number any more", () => {
    const values = (step: number) => (step > 290 ? { lossGenerator: NaN } : {});
    const finding = only(caseOf({ values, facts: { divergedAt: 300 } }));
    expect(finding).toMatchObject({ id: "divergence", severity: "serious", since: 300 });
    expect(finding.numbers).toMatch(/step 290/);
  });

  test("where a run goes on without numbers, since when that is so", () => {
    const lost = (step: number) => (step > 100 ? { lossDiscriminator: NaN } : {});
    expect(only(caseOf({ values: lost }))).toMatchObject({ id: "divergence", since: 110 });
    const recovered = (step: number) => (step === 100 ? { lossDiscriminator: NaN } : {});
    expect(found(caseOf({ values: recovered }))).toEqual([]);
  });

  test("where losses have left their scale, before they are no numbers", () => {
    const values = (step: number) => ({ lossGenerator: step > 100 ? 800 : 0.7 });
    expect(found(caseOf({ values }))).toContain("divergence");
    expect(
      found(caseOf({ values: (step) => ({ lossGenerator: step === 200 ? 800 : 0.7 }) })),
    ).toEqual([]);
  });

  test("of a critic, where its loss is a hundred times what it was", () => {
    const grown = (step: number) => ({
      lossDiscriminator: step > 150 ? -30_000 - step : -5 - Math.sin(step),
      lossGenerator: 1 + Math.sin(step),
    });
    const checkup = () => ({ criticSlope: 1 });
    expect(found(caseOf({ preset: "wgan-gp", values: grown, checkup }))).toEqual(["divergence"]);
  });
});
