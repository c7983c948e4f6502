/**
 * The generator fools the discriminator nearly always: what it is told is then worth nothing. Said of
 * losses whose answers have fixed targets; for others see critic-fooled.ts. Threshold: own; where neither
 * can tell the share is one half, and healthy runs of the presets stay below two thirds.
 */
import { generatorScale, onScale } from "../advantage.ts";
import { mapCourse, measuredCourse, type Case, type Course, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";
import {
  minibatchDiscrimination,
  rateTimes,
  sameRateAs,
  updatesPerStep,
  wassersteinWithPenalty,
} from "../proposals.ts";
import { isSwapped, labelsRight, wrongWayRound } from "../labels.ts";
import type { Loss } from "../../../spec/losses.ts";
import { fooledCritic } from "./critic-fooled.ts";

/** How far D's answer to generated images is on the way from its target for them to that for real ones. */
const limit = 0.85;
/** The generator's loss on its scale below which it has nothing more to learn from. */
const lossLimit = 0.15;

interface Targets {
  real: number;
  fake: number;
}

function targetsOf(loss: Loss): Targets | null {
  switch (loss.kind) {
    case "minimax":
    case "nonSaturating":
      return { real: 1, fake: 0 };
    case "binaryCrossEntropy":
    case "leastSquares":
      return { real: loss.realLabel, fake: loss.fakeLabel };
    case "hinge":
      return { real: 1, fake: -1 };
    case "wasserstein":
      return null;
  }
}

export const generatorStrong: Rule = (facts) => {
  const { specification } = facts;
  const { loss, optimizers, loop } = specification;
  const targets = targetsOf(loss);
  if (!targets) return fooledCritic(facts);
  const fooled = fooledCourse(facts, targets);
  const since = holdingSince(fooled, (share) => share > limit) ?? sinceNothingToLearn(facts);
  if (since === null) return null;
  const real = latest(measuredCourse(facts, "scoreReal")) ?? NaN;
  const generated = latest(measuredCourse(facts, "scoreGenerated")) ?? NaN;
  const swapped = isSwapped(loss);
  const isSlower = optimizers.discriminator.learningRate < optimizers.generator.learningRate;
  return {
    id: "generator-strong",
    name: "The generator is too strong",
    severity: "warning",
    since,
    numbers: `The discriminator answers ${said(generated)} to generated and ${said(real)} to real images; its targets are ${said(targets.fake)} and ${said(targets.real)}.`,
    evidence: evidence(
      "answer to generated images, 0 its target, 1 that of real ones",
      fooled,
      limit,
      "above",
    ),
    why: swapped
      ? wrongWayRound("discriminator")
      : "A discriminator that takes nearly every generated image for a real one gives no reason to change anything. The generator has found what it does not look at, and its images may be anything.",
    proposals: [
      ...(swapped ? labelsRight(loss) : []),
      ...(isSlower ? [sameRateAs(specification, "discriminator")] : []),
      ...(optimizers.discriminator.learningRate > 0
        ? [rateTimes(specification, "discriminator", 2)]
        : []),
      ...updatesPerStep(specification, loop.discriminatorSteps + 1),
      rateTimes(specification, "generator", 0.5),
      ...wassersteinWithPenalty(specification),
      ...minibatchDiscrimination(specification),
    ],
  };
};

const fooledCourse = (facts: Case, { real, fake }: Targets): Course =>
  mapCourse(measuredCourse(facts, "scoreGenerated"), (score) => (score - fake) / (real - fake));

/** With its label at what D is taught to answer anyway, the generator wins without fooling anybody. */
function sinceNothingToLearn(facts: Case): number | null {
  const scale = generatorScale(facts.specification.loss);
  if (!scale) return null;
  const course = mapCourse(measuredCourse(facts, "lossGenerator"), onScale(scale));
  return holdingSince(course, (share) => share < lossLimit);
}
