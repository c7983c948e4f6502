/** Cases for the Doctor's rules: a run's specification and measurements, made up; and what is told of them. */
import { expect } from "vitest";
import type { Case } from "../../../../main/metrics/doctor/case.ts";
import { diagnose } from "../../../../main/metrics/doctor/diagnose.ts";
import { checkupMeasures, type Checkup } from "../../../../main/spec/doctor/checkup.ts";
import type { Finding, FindingId } from "../../../../main/spec/doctor/finding.ts";
import { presetOf } from "../../../../main/spec/presets.ts";
import type { Specification } from "../../../../main/spec/specification.ts";

type Values = Case["rows"][number]["values"];

/** As two networks measure that are near balance: losses that move a little from batch to batch. */
const balanced = (step: number): Values => ({
  lossGenerator: 0.7 + 0.05 * Math.sin(7 * step),
  lossDiscriminator: 0.66 + 0.05 * Math.cos(5 * step),
  ...{ scoreReal: 0.6, scoreGenerated: 0.4 },
  ...{ gradientNormGenerator: 1, gradientNormDiscriminator: 2 },
  ...{ learningRateGenerator: 2e-4, learningRateDiscriminator: 2e-4 },
});

const nothingFound = Object.fromEntries(
  checkupMeasures.map((measure) => [measure, NaN]),
) as Checkup;

/** As a healthy run on digits is found. */
const healthy: Checkup = {
  ...nothingFound,
  ...{ diversity: 0.8, duplicates: 0, saturatedGenerated: 0.5, saturatedReal: 0.88 },
  ...{ scoreTrained: 0.6, scoreHeldOut: 0.58, scoreSampled: 0.4 },
  ...{ deadGenerator: 0.02, realLow: -1, realHigh: 1, imbalance: 1.2 },
};

interface Told {
  preset?: string;
  steps?: number;
  /** Steps between two measurements. */
  every?: number;
  specification?: (specification: Specification) => Partial<Specification>;
  values?: (step: number) => Partial<Values>;
  checkup?: (step: number) => Partial<Checkup>;
  facts?: Partial<Case>;
}

/** A run of `dcgan-bce` where nothing else is said, measured every ten steps and looked at every fifty. */
export function caseOf({
  preset = "dcgan-bce",
  steps = 300,
  every = 10,
  specification = () => ({}),
  values = () => ({}),
  checkup = () => ({}),
  facts = {},
}: Told = {}): Case {
  const base = presetOf(preset).specification;
  const measured = Array.from({ length: steps }, (_, index) => index + 1);
  return {
    specification: { ...base, ...specification(base) },
    rows: measured
      .filter((step) => step === 1 || step % every === 0)
      .map((step) => ({ step, values: { ...balanced(step), ...values(step) } })),
    checkups: measured
      .filter((step) => step % 50 === 0)
      .map((step) => ({ step, checkup: { ...healthy, ...checkup(step) } })),
    evaluations: [],
    divergedAt: null,
    ...facts,
  };
}

/** What is told, the worst first. */
export const found = (facts: Case): FindingId[] => diagnose(facts).map(({ id }) => id);

/** The only finding; fails where there is none, or another. */
export function only(facts: Case): Finding {
  const findings = diagnose(facts);
  expect(findings.map(({ id }) => id)).toHaveLength(1);
  const [finding] = findings;
  if (!finding) throw new Error("nothing was found");
  return finding;
}
