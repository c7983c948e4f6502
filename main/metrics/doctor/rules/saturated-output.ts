/**
 * A generator whose last layer is driven to the ends of its range, where tanh passes no gradient on.
 * Many real images have such pixels (a digit's paper), so only what is beyond those counts.
 * Threshold: own.
 */
import { derivedCourse, type Rule } from "../case.ts";
import { evidence, percent } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import { bothRatesTimes, rateTimes, wassersteinWithPenalty } from "../proposals.ts";

/** Share of pixels, of those that are not at the ends in real images. */
const limit = 0.9;

export const saturatedOutput: Rule = (facts) => {
  const { specification } = facts;
  const generated = derivedCourse(facts, ({ saturatedGenerated }) => saturatedGenerated);
  const course = derivedCourse(facts, ({ saturatedGenerated, saturatedReal }) =>
    saturatedReal > 0.98
      ? 0
      : Math.max(0, saturatedGenerated - saturatedReal) / (1 - saturatedReal),
  );
  const since = holdingSince(course, (share) => share > limit);
  if (since === null) return null;
  return {
    id: "saturated-output",
    name: "The generator's output is saturated",
    severity: "warning",
    since,
    numbers: `${percent(latest(generated) ?? NaN)} of the generated pixels stand at the ends of the range.`,
    evidence: evidence("pixels at the ends beyond those of real images", course, limit, "above"),
    why: "At the ends of its range the last layer is flat, so that no gradient comes through it. The generator then cannot change these pixels even where the discriminator asks for it.",
    proposals: [
      rateTimes(specification, "generator", 0.1),
      bothRatesTimes(specification, 0.1),
      ...wassersteinWithPenalty(specification),
    ],
  };
};
