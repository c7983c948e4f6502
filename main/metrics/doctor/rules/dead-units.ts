/**
 * Units of a ReLU layer that are 0 whatever comes in: they get no gradient and never learn again (Lu et
 * al. 2019, «Dying ReLU and initialization»). Threshold: own; in healthy runs of the presets it is
 * rarely one in twenty.
 */
import { checkupCourse, type Rule } from "../case.ts";
import { evidence, percent } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import { judgeOf, leakyUnits, rateTimes } from "../proposals.ts";

const limit = 0.5;
const seriousLimit = 0.9;

export const deadUnits: Rule = (facts) => {
  const { specification } = facts;
  const found = (["generator", "discriminator"] as const).flatMap((player) => {
    const course = checkupCourse(
      facts,
      player === "generator" ? "deadGenerator" : "deadDiscriminator",
    );
    const since = holdingSince(course, (share) => share > limit);
    return since === null ? [] : [{ player, course, since, share: latest(course) ?? NaN }];
  });
  const worst = found.toSorted((a, b) => b.share - a.share)[0];
  if (!worst) return null;
  const { player, course, since, share } = worst;
  const who = player === "generator" ? "generator" : judgeOf(specification);
  return {
    id: "dead-units",
    name: `Dead units in the ${who}`,
    severity: share > seriousLimit ? "serious" : "warning",
    since,
    numbers: `In one layer ${percent(share)} of the units answer 0 to everything.`,
    evidence: evidence("share of units that never answer", course, limit, "above"),
    why: "A large update can push a unit below 0 for every input. ReLU then gives 0, its gradient is 0 too, and nothing brings the unit back: the network is smaller than it looks.",
    proposals: [rateTimes(specification, player, 0.1), leakyUnits(specification, player)],
  };
};
