/**
 * A critic has no targets, but is taught to answer more to real images than to generated ones. Where it
 * keeps answering less, it is the critic that cannot follow (Arjovsky et al. 2017 train it the more often
 * for that). Threshold: 0, below which the difference is no distance; in healthy runs it is above 0 from
 * the first steps on.
 */
import { measuredCourse, type Case, type Course, type Diagnosis } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { isSwapped, labelsRight, wrongWayRound } from "../labels.ts";
import { holdingSince, latest } from "../persistence.ts";
import { rateTimes, updatesPerStep, wassersteinWithPenalty } from "../proposals.ts";

/** What it answers to real images less what it answers to generated ones is below 0. */
export function fooledCritic(facts: Case): Diagnosis | null {
  const { specification } = facts;
  const generated = measuredCourse(facts, "scoreGenerated");
  const answers = new Map(generated.steps.map((step, index) => [step, generated.values[index]]));
  const real = measuredCourse(facts, "scoreReal");
  const course: Course = {
    steps: real.steps,
    values: real.values.map(
      (score, index) => score - (answers.get(real.steps[index] as number) ?? NaN),
    ),
  };
  const since = holdingSince(course, (difference) => difference < 0, { lasting: 100 });
  if (since === null) return null;
  const swapped = isSwapped(specification.loss);
  return {
    id: "generator-strong",
    name: "The generator is too strong",
    severity: "warning",
    since,
    numbers: `The critic answers ${said(latest(generated) ?? NaN)} to generated and ${said(latest(real) ?? NaN)} to real images; it is to answer more to real ones.`,
    evidence: evidence("answer to real images less that to generated ones", course, 0, "below"),
    why: swapped
      ? wrongWayRound("critic")
      : "A critic that prefers generated images does not follow the generator any more. What it tells the generator leads away from the data instead of towards it.",
    proposals: [
      ...(swapped ? labelsRight(specification.loss) : []),
      ...updatesPerStep(specification, Math.max(5, specification.loop.discriminatorSteps + 1)),
      rateTimes(specification, "generator", 0.5),
      ...wassersteinWithPenalty(specification),
    ],
  };
}
