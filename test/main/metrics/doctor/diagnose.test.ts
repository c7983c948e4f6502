import { describe, expect, test } from "vitest";
import type { Case } from "../../../../main/metrics/doctor/case.ts";
import { diagnose } from "../../../../main/metrics/doctor/diagnose.ts";
import { findingIds, type FindingId } from "../../../../main/spec/doctor/finding.ts";
import { presets } from "../../../../main/spec/presets.ts";
import { caseOf, found, only } from "./cases.ts";

describe("a healthy run", () => {
  test.each(presets.map(({ id }) => id))("of %s has no finding", (preset) => {
    const wasserstein = preset.startsWith("wgan");
    const values = wasserstein
      ? (step: number) => ({
          ...{ lossDiscriminator: -8 + Math.sin(step), lossGenerator: -2 + Math.sin(3 * step) },
          ...{ scoreReal: 9, scoreGenerated: 1 },
        })
      : () => ({});
    expect(found(caseOf({ preset, values, checkup: () => ({ criticSlope: 0.95 }) }))).toEqual([]);
  });

  test("has none before its first measurement, and none in its first steps", () => {
    expect(found(caseOf({ steps: 0 }))).toEqual([]);
    const early = { lossDiscriminator: 1e-5, scoreReal: 1, scoreGenerated: 0, lossGenerator: 9 };
    expect(found(caseOf({ steps: 90, values: () => early }))).toEqual([]);
  });
});

/** One made-up run for each kind of finding. */
const ill: Record<FindingId, Case> = {
  divergence: caseOf({ facts: { divergedAt: 300 } }),
  "input-scaling": caseOf({ checkup: () => ({ realLow: 0 }) }),
  "frozen-loss": caseOf({ values: () => ({ learningRateDiscriminator: 0 }) }),
  "mode-collapse": caseOf({ checkup: () => ({ diversity: 0.03 }) }),
  "discriminator-strong": caseOf({
    values: (step) => ({
      ...{ lossDiscriminator: 2e-3, scoreReal: 0.999, scoreGenerated: 0.001 },
      lossGenerator: 8 + Math.sin(step),
    }),
  }),
  "generator-strong": caseOf({
    values: () => ({ scoreGenerated: 0.95, scoreReal: 0.5, lossGenerator: 0.05 }),
  }),
  "discriminator-overfit": caseOf({
    checkup: () => ({ scoreTrained: 0.95, scoreHeldOut: 0.4, scoreSampled: 0.1 }),
  }),
  memorisation: caseOf({
    facts: { evaluations: [{ step: 100, memorisation: { value: 0.72, low: 0.7, high: 0.74 } }] },
  }),
  "critic-slope": caseOf({
    preset: "wgan-gp",
    values: (step) => ({ lossDiscriminator: -5 - Math.sin(step) }),
    checkup: () => ({ criticSlope: 4 }),
  }),
  "dead-units": caseOf({ checkup: () => ({ deadGenerator: 0.6 }) }),
  "saturated-output": caseOf({ checkup: () => ({ saturatedGenerated: 1, saturatedReal: 0.88 }) }),
  oscillation: caseOf({
    steps: 1200,
    values: (step) => ({ lossDiscriminator: 0.7 + 0.65 * Math.sin(step / 20) }),
  }),
  "unbalanced-data": caseOf({ checkup: () => ({ imbalance: 4 }) }),
};

test.each(findingIds)("%s is told, with numbers and why it happens in two sentences", (id) => {
  const finding = only(ill[id]);
  expect(finding.id).toBe(id);
  expect(finding.numbers).toMatch(/\d.*\.$/);
  expect(finding.numbers).not.toMatch(/NaN|undefined/);
  // A cure that no setting brings stands there as a third.
  const sentences = finding.why.split(/(?<=\.) (?=[A-Z])/);
  expect(sentences).toHaveLength(finding.remedies.length === 0 && id === "input-scaling" ? 3 : 2);
});

test("the worst comes first", () => {
  const checkup = () => ({ imbalance: 4, diversity: 0.01, realLow: 0 });
  const severities = diagnose(caseOf({ checkup })).map(({ severity }) => severity);
  expect(severities).toEqual(["serious", "warning", "note"]);
});

test("a remedy that changes nothing, or gives no valid specification, is not offered", () => {
  for (const { id } of presets) {
    const checkup = () => ({ diversity: 0.01, deadGenerator: 1 });
    for (const { remedies } of diagnose(caseOf({ preset: id, checkup }))) {
      for (const { patch, title } of remedies) {
        expect(Object.keys(patch)).not.toHaveLength(0);
        expect(title).not.toMatch(/NaN|undefined/);
      }
    }
  }
});
