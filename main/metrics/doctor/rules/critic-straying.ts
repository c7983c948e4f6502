/**
 * A critic whose answers stray: a gradient penalty holds it to a slope, so that its answers to any two
 * images differ by no more than that slope times how far images can lie apart (Gulrajani et al. 2017,
 * proposition 1). Where all answers together move by as much within ten steps, each update throws
 * them elsewhere. Threshold from that; healthy runs of `wgan-gp` move by a fortieth of it at most,
 * with a thousand times larger rates by two to ten times it.
 */
import { shapeOfImage, sizeOf } from "../../../spec/shape.ts";
import { measuredCourse, type Case, type Course, type Diagnosis } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";

const within = 10;

/** Null for a critic that no penalty holds, and where it does not stray. */
export function strayingCritic(
  facts: Case,
): Pick<Diagnosis, "since" | "numbers" | "evidence"> | null {
  const { image, loss, regularizers } = facts.specification;
  const penalty = regularizers.find(({ kind }) => kind === "gradientPenalty");
  if (loss.kind !== "wasserstein" || penalty?.kind !== "gradientPenalty") return null;
  // Pixels lie between −1 and 1.
  const widest = 2 * Math.sqrt(sizeOf(shapeOfImage(image)));
  const limit = penalty.target * widest;
  const moved = movement(measuredCourse(facts, "lossGenerator"));
  const since = limit > 0 ? holdingSince(moved, (by) => by > limit) : null;
  if (since === null) return null;
  return {
    since,
    numbers: `In ${within.toString()} steps the critic's answers move by about ${said(latest(moved) ?? NaN)}, all together; with the slope that its penalty asks for no two images could differ by more than ${said(limit)}.`,
    evidence: evidence(
      `movement of the critic's answers in ${within.toString()} steps`,
      moved,
      limit,
      "above",
    ),
  };
}

/** What the generator's loss, the mean of the critic's answers, moved by since it was measured before. */
const movement = ({ steps, values }: Course): Course => ({
  steps: steps.slice(1),
  values: values
    .slice(1)
    .map(
      (value, index) =>
        (within * Math.abs(value - (values[index] as number))) /
        ((steps[index + 1] as number) - (steps[index] as number)),
    ),
});
