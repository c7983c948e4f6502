/**
 * Divergence: numbers that stopped being numbers, or losses that have left every scale. Threshold: a
 * loss of thirty times the balance means answers that are wrong with a confidence of e⁻²⁰, which no
 * healthy game reaches; a Wasserstein loss has no scale, so it is held against its own beginning, and that of a critic with
 * a penalty against the penalty (critic-straying.ts).
 */
import { equilibriumOf } from "../../../spec/equilibria.ts";
import { measuredCourse, type Case, type Course, type Diagnosis, type Rule } from "../case.ts";
import { atStep, evidence, said } from "../evidence.ts";
import { holdingSince, latest, median } from "../persistence.ts";
import { calmRates, wassersteinWithPenalty } from "../proposals.ts";
import { strayingCritic } from "./critic-straying.ts";

const timesBalance = 30;
/** Of a critic: so many times the size of its first losses, and at least so large. */
const timesBeginning = 100;
const leastOfCritic = 1000;

export const divergence: Rule = (facts) => {
  const { specification, rows } = facts;
  const divergedAt = facts.divergedAt ?? lostSince(facts);
  const told = (since: number, numbers: string, found: Diagnosis["evidence"]): Diagnosis => ({
    ...{ id: "divergence", name: "Training diverges", severity: "serious", since, numbers },
    evidence: found,
    why: "Each update overshoots, so that the next gradient is larger still, and the weights grow without end. Learning rates that are too large for the network and its optimizer are the usual cause.",
    proposals: [calmRates(specification), ...wassersteinWithPenalty(specification)],
  });
  const limit = limitOf(facts);
  const course = largestLoss(facts);
  if (divergedAt !== null) {
    const last = rows.findLast(({ values }) => Number.isFinite(values.lossGenerator))?.step;
    return told(
      divergedAt,
      `At step ${atStep(divergedAt)} a loss, a gradient or a weight was no longer a number${last === undefined ? "" : `; step ${atStep(last)} is the last whose losses are`}.`,
      evidence("larger of the losses", course, limit, "above"),
    );
  }
  const since = holdingSince(course, (loss) => loss > limit, { over: 50, lasting: 20 });
  if (since === null) {
    const straying = strayingCritic(facts);
    return straying && told(straying.since, straying.numbers, straying.evidence);
  }
  const loss = latest(course, { over: 50 }) ?? NaN;
  return told(
    since,
    `The larger of the losses is about ${said(loss)}; above ${said(limit)} it says no more than that the networks are far apart.`,
    evidence("larger of the losses", course, limit, "above"),
  );
};

/** The step since which losses are no numbers: a run may be asked to go on in spite of that. */
function lostSince({ rows }: Case): number | null {
  const isLost = ({ values }: Case["rows"][number]) =>
    !Number.isFinite(values.lossGenerator) || !Number.isFinite(values.lossDiscriminator);
  const last = rows.findLastIndex((row) => !isLost(row));
  return rows[last + 1]?.step ?? null;
}

function largestLoss(facts: Case): Course {
  const { steps, values } = measuredCourse(facts, "lossDiscriminator");
  const generator = new Map(facts.rows.map(({ step, values: all }) => [step, all.lossGenerator]));
  return {
    steps,
    values: values.map((loss, index) =>
      Math.max(Math.abs(loss), Math.abs(generator.get(steps[index] as number) ?? 0)),
    ),
  };
}

function limitOf(facts: Case): number {
  const { loss } = facts.specification;
  if (loss.kind !== "wasserstein" && loss.kind !== "hinge") {
    const { generator, discriminator } = equilibriumOf(loss);
    return timesBalance * Math.max(Math.abs(generator), discriminator);
  }
  const early = largestLoss(facts).values.slice(0, 10);
  return Math.max(leastOfCritic, timesBeginning * median(early));
}
