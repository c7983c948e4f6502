import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, found, only } from "../cases.ts";

describe("a critic that prefers generated images", () => {
  const preferring = (step: number) => ({
    ...{ scoreReal: -40, scoreGenerated: 10 + Math.sin(step) },
    ...{ lossDiscriminator: -50 - Math.sin(step), lossGenerator: -10 - Math.sin(step) },
  });

  test("has been left behind by the generator", () => {
    const finding = only(caseOf({ preset: "wgan-clip", values: preferring }));
    expect(finding).toMatchObject({ id: "generator-strong", severity: "warning" });
    expect(finding.numbers).toMatch(/answers 9\.96 to generated and -40 to real images/);
    const now = (step: number) => (step > 250 ? preferring(step) : {});
    expect(found(caseOf({ preset: "wgan-clip", values: now }))).toEqual([]);
  });

  test("with labels that are flipped was taught so, and is taught better first", () => {
    const specification = ({ loss }: Case["specification"]) => ({ loss: { ...loss, flipRate: 1 } });
    const finding = only(caseOf({ preset: "wgan-clip", values: preferring, specification }));
    expect(finding.why).toMatch(/the critic is taught/);
    expect(finding.remedies[0]).toMatchObject({ by: "fork", patch: { loss: { flipRate: 0 } } });
  });
});
