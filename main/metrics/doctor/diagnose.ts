/** The Doctor: every rule over what was measured of a run, the worst finding first. */
import { severities, type Finding } from "../../spec/doctor/finding.ts";
import type { Case, Diagnosis, Rule } from "./case.ts";
import { remediesOf } from "./remedies.ts";
import { criticSlope } from "./rules/critic-slope.ts";
import { deadUnits } from "./rules/dead-units.ts";
import { discriminatorOverfit } from "./rules/discriminator-overfit.ts";
import { discriminatorStrong } from "./rules/discriminator-strong.ts";
import { divergence } from "./rules/divergence.ts";
import { frozenLoss } from "./rules/frozen-loss.ts";
import { generatorStrong } from "./rules/generator-strong.ts";
import { inputScaling } from "./rules/input-scaling.ts";
import { memorisation } from "./rules/memorisation.ts";
import { modeCollapse } from "./rules/mode-collapse.ts";
import { oscillation } from "./rules/oscillation.ts";
import { saturatedOutput } from "./rules/saturated-output.ts";
import { unbalancedData } from "./rules/unbalanced-data.ts";

/** What explains others comes first among findings of one severity. */
const rules: readonly Rule[] = [
  divergence,
  inputScaling,
  frozenLoss,
  modeCollapse,
  discriminatorStrong,
  generatorStrong,
  discriminatorOverfit,
  memorisation,
  criticSlope,
  deadUnits,
  saturatedOutput,
  oscillation,
  unbalancedData,
];

/** What holds at the end of what was measured; of a finished run, what it ended with. */
export function diagnose(facts: Case): Finding[] {
  const found = rules.flatMap((rule) => rule(facts) ?? []);
  return found
    .map(({ proposals, ...finding }: Diagnosis): Finding => ({
      ...finding,
      remedies: remediesOf(facts.specification, proposals),
    }))
    .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
}
