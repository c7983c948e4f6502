/**
 * The discriminator wins so clearly that the generator has little to go by (Arjovsky and Bottou 2017).
 * Said of losses with a balance only: a Wasserstein critic is meant to be as good as it can be.
 * Threshold: own, from runs of the presets and of ill ones, see test/bench/doctor.ts: at their start
 * healthy runs come near a tenth, those with a fifty times larger rate stay below a hundredth. One that
 * does not win that clearly may still learn too fast: see discriminator-fast.ts.
 */
import { discriminatorScale, generatorScale, onScale } from "../advantage.ts";
import { mapCourse, measuredCourse, type Case, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import {
  batchTimes,
  nonSaturating,
  rateTimes,
  sameRateAs,
  smoothedLabels,
  updatesPerStep,
  wassersteinWithPenalty,
} from "../proposals.ts";
import { discriminatorFast } from "./discriminator-fast.ts";

const limit = 0.01;
const seriousLimit = 0.001;
/** A hinge leaves the generator its gradient at any lead, so that only a lead without end does harm. */
const lastingOfHinge = 300;

export const discriminatorStrong: Rule = (facts) => {
  const found = winning(facts) ?? discriminatorFast(facts);
  if (!found) return null;
  const { specification } = facts;
  const { loop, optimizers } = specification;
  const isFaster = optimizers.discriminator.learningRate > optimizers.generator.learningRate;
  return {
    id: "discriminator-strong",
    ...found,
    proposals: [
      // What saturates does so with any discriminator that wins, however slowly it learns.
      ...nonSaturating(specification),
      ...(isFaster ? [sameRateAs(specification, "discriminator")] : []),
      rateTimes(specification, "discriminator", 0.1),
      ...(loop.discriminatorSteps > 1 ? updatesPerStep(specification, 1) : []),
      ...batchTimes(specification, 2),
      ...smoothedLabels(specification),
      ...wassersteinWithPenalty(specification),
    ],
  };
};

function winning(facts: Case): ReturnType<typeof discriminatorFast> {
  const { loss } = facts.specification;
  const scale = discriminatorScale(loss);
  if (!scale) return null;
  const course = mapCourse(measuredCourse(facts, "lossDiscriminator"), onScale(scale));
  const isHinge = loss.kind === "hinge";
  const patience = isHinge ? { lasting: lastingOfHinge } : {};
  const since = holdingSince(course, (share) => share < limit, patience);
  if (since === null) return null;
  const real = latest(measuredCourse(facts, "scoreReal")) ?? NaN;
  const generated = latest(measuredCourse(facts, "scoreGenerated")) ?? NaN;
  const generator = latest(measuredCourse(facts, "lossGenerator")) ?? NaN;
  // With labels the wrong way round both players win; that is another finding.
  const ofGenerator = generatorScale(loss);
  if (!(real > generated) || (ofGenerator && onScale(ofGenerator)(generator) < 1)) return null;
  const share = latest(course) ?? NaN;
  return {
    name: "The discriminator is too strong",
    severity: share < seriousLimit && !isHinge ? "serious" : "warning",
    since,
    numbers: `It answers ${said(real)} to real and ${said(generated)} to generated images; its loss is ${share < 0.001 ? "less than 0.1 %" : `${said(share * 100)} %`} of the way from its best (0 %) to balance (100 %).`,
    evidence: evidence("discriminator's loss, 0 its best, 1 balance", course, limit, "below"),
    why: "A discriminator that is always right tells the generator that its images are wrong, but hardly in which direction better ones lie. The generator's gradient vanishes or becomes noise, and its images stop improving.",
  };
}
