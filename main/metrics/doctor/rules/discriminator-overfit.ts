/**
 * The discriminator knows its training images by heart: it answers otherwise to real images that it
 * has not seen. Measure: r_v of Karras et al. 2020, «Training generative adversarial networks with
 * limited data», equation 1, where 0 is none and 1 is complete. Threshold: own, half way. Needs images
 * that are kept aside. A Wasserstein critic is no remedy: it learns by heart too, as Gulrajani et al. 2017
 * see in its loss.
 */
import { checkupCourse, derivedCourse, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import { augmentation, dropout, judgeOf, rateTimes } from "../proposals.ts";

const limit = 0.5;
const seriousLimit = 0.8;
/** Of a smaller difference between real and generated images a share says nothing. */
const leastDifference = 0.15;
const patience = { over: 150, lasting: 100 };

export const discriminatorOverfit: Rule = (facts) => {
  const { specification } = facts;
  const course = derivedCourse(facts, ({ scoreTrained, scoreHeldOut, scoreSampled }) => {
    const difference = scoreTrained - scoreSampled;
    return difference < leastDifference ? 0 : (scoreTrained - scoreHeldOut) / difference;
  });
  const known = derivedCourse(facts, ({ scoreHeldOut }) => scoreHeldOut);
  if (known.steps.length === 0) return null;
  const since = holdingSince(course, (share) => share > limit, patience);
  if (since === null) return null;
  const who = judgeOf(specification);
  const answers = (measure: "scoreTrained" | "scoreHeldOut" | "scoreSampled") =>
    said(latest(checkupCourse(facts, measure)) ?? NaN);
  return {
    id: "discriminator-overfit",
    name: `The ${who} knows its images by heart`,
    severity: (latest(course) ?? 0) > seriousLimit ? "serious" : "warning",
    since,
    numbers: `It answers ${answers("scoreTrained")} to images that it trains on, ${answers("scoreHeldOut")} to real ones that it has not seen, and ${answers("scoreSampled")} to generated ones.`,
    evidence: evidence(
      "unseen real images, 0 as trained ones, 1 as generated ones",
      course,
      limit,
      "above",
    ),
    why: `With few images and much time a ${who} learns which images it was shown instead of what they have in common. What it then tells the generator is noise, and the images get worse again.`,
    proposals: [
      ...augmentation(specification),
      rateTimes(specification, "discriminator", 0.5),
      ...dropout(specification),
    ],
  };
};
