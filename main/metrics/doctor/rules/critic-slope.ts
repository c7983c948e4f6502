/**
 * A critic that is not held at the slope that its penalty asks for: its loss is then no distance
 * (Gulrajani et al. 2017, equation 3). Thresholds: own. The penalty is weighed against the loss, so that
 * healthy runs settle somewhat above the target: small ones of `wgan-gp` at 1.8 times it.
 */
import { checkupCourse, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import { judgeOf, penaltyTimes, rateTimes, updatesPerStep } from "../proposals.ts";

const steepestShare = 3;
const flattestShare = 0.2;
/** Updates of the critic a step (Gulrajani et al. 2017, algorithm 1). */
const usualUpdates = 5;
const patience = { over: 150, lasting: 100 };

export const criticSlope: Rule = (facts) => {
  const { specification } = facts;
  const penalty = specification.regularizers.find(({ kind }) => kind === "gradientPenalty");
  if (penalty?.kind !== "gradientPenalty" || penalty.target === 0) return null;
  const { target } = penalty;
  const course = checkupCourse(facts, "criticSlope");
  const [steepest, flattest] = [target * steepestShare, target * flattestShare];
  const steep = holdingSince(course, (slope) => slope > steepest, patience);
  const flat = holdingSince(course, (slope) => slope < flattest, patience);
  const since = steep ?? flat;
  if (since === null) return null;
  const who = judgeOf(specification);
  const slope = latest(course) ?? NaN;
  return {
    id: "critic-slope",
    name: `The ${who}'s slope is off its target`,
    severity: "warning",
    since,
    numbers: `Between real and generated images its mean slope is ${said(slope)}; the penalty asks for ${said(target)}.`,
    evidence: evidence(
      `mean slope of the ${who}`,
      course,
      steep === null ? flattest : steepest,
      steep === null ? "below" : "above",
    ),
    why: `${specification.loss.kind === "wasserstein" ? "The Wasserstein loss is a distance only as long as the critic's slope is bounded, and the penalty is what bounds it" : `The penalty is to keep the ${who}'s answers from changing by leaps between images that are nearly the same`}. A ${who} that is steeper exaggerates, one that is flatter tells the generator too little.`,
    proposals:
      steep === null
        ? [
            // As often as the paper trains it; where it is, faster.
            ...(specification.loop.discriminatorSteps < usualUpdates
              ? updatesPerStep(specification, usualUpdates)
              : []),
            rateTimes(specification, "discriminator", 3),
            ...penaltyTimes(specification, 0.3),
          ]
        : [rateTimes(specification, "discriminator", 0.3), ...penaltyTimes(specification, 3)],
  };
};
