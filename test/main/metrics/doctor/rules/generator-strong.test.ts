import { describe, expect, test } from "vitest";
import type { Case } from "../../../../../main/metrics/doctor/case.ts";
import { caseOf, only } from "../cases.ts";

describe("the generator is too strong", () => {
  test("where its images are taken for real ones", () => {
    const values = () => ({ scoreGenerated: 0.95, scoreReal: 0.5, lossGenerator: 0.05 });
    expect(only(caseOf({ values }))).toMatchObject({ id: "generator-strong", severity: "warning" });
  });

  test("with labels the wrong way round it says so, and puts them right first", () => {
    const specification = ({ loss }: Case["specification"]) => ({
      loss: { ...loss, realLabel: 0, fakeLabel: 1 } as Case["specification"]["loss"],
    });
    const values = () => ({ scoreReal: 0.01, scoreGenerated: 0.99, lossGenerator: 0.01 });
    const finding = only(caseOf({ values, specification }));
    expect(finding.id).toBe("generator-strong");
    expect(finding.why).toMatch(/wrong way round/);
    expect(finding.remedies[0]).toMatchObject({
      patch: { loss: { realLabel: 1, fakeLabel: 0, generatorLabel: 1 } },
    });
  });
});
