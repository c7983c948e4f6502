/**
 * A frozen loss: batches change from step to step, so a loss that does not is a network that gives the
 * same answer to everything, or does not learn. Threshold: own; the losses of healthy runs move by a
 * hundredth of the balance at least, from the choice of the batch alone.
 */
import { equilibriumOf } from "../../../spec/equilibria.ts";
import { measuredCourse, type Case, type Course, type Rule } from "../case.ts";
import { evidence, said } from "../evidence.ts";
import { median } from "../persistence.ts";
import { judgeOf, rateTimes, sameRateAs, wassersteinWithPenalty } from "../proposals.ts";

const limit = 1e-3;
/** Steps over which it must stand still. */
const over = 150;
const fewest = 5;

export const frozenLoss: Rule = (facts) => idle(facts) ?? still(facts);

/** A network whose learning rate is 0, though no schedule led it there. */
function idle(facts: Case): ReturnType<Rule> {
  const { specification } = facts;
  for (const player of ["generator", "discriminator"] as const) {
    const name = player === "generator" ? "learningRateGenerator" : "learningRateDiscriminator";
    const course = measuredCourse(facts, name);
    const { schedule } = specification.optimizers[player];
    const last = course.values.at(-1);
    if (last !== 0 || (schedule.kind !== "constant" && course.values[0] !== 0)) continue;
    const first = course.values.findLastIndex((rate) => rate !== 0) + 1;
    const since = course.steps[first] as number;
    if ((course.steps.at(-1) as number) - since < 50) continue;
    const who = player === "generator" ? "generator" : judgeOf(specification);
    return {
      id: "frozen-loss",
      name: `The ${who} does not learn`,
      severity: "serious",
      since,
      numbers: `Its learning rate is 0.`,
      evidence: evidence(`learning rate of the ${who}`, course, 0, "below"),
      why: `With a learning rate of 0 a network stays as it is. The other one then learns against an opponent that does not answer, and finds its weaknesses instead of the data.`,
      proposals: [sameRateAs(specification, player)],
    };
  }
  return null;
}

function still(facts: Case): ReturnType<Rule> {
  const { specification } = facts;
  const discriminator = recent(measuredCourse(facts, "lossDiscriminator"));
  const generator = recent(measuredCourse(facts, "lossGenerator"));
  if (!discriminator || !generator) return null;
  const scaleOf = (values: readonly number[], balance: number) =>
    Math.max(Math.abs(balance), Math.abs(median(values)), 1e-12);
  const balance = equilibriumOf(specification.loss);
  const spread = (values: readonly number[], scale: number) =>
    (Math.max(...values) - Math.min(...values)) / scale;
  const moves = Math.max(
    spread(discriminator.values, scaleOf(discriminator.values, balance.discriminator)),
    spread(generator.values, scaleOf(generator.values, balance.generator)),
  );
  if (moves >= limit) return null;
  const course = measuredCourse(facts, "lossDiscriminator");
  return {
    id: "frozen-loss",
    name: "The losses stand still",
    severity: "warning",
    since: frozenFrom(course, limit * scaleOf(discriminator.values, balance.discriminator)),
    numbers: `In the last ${over.toString()} steps both losses moved by less than ${said(limit * 100)} % of what they are.`,
    evidence: evidence("discriminator's loss", course, median(discriminator.values), "below"),
    why: "Batches differ, so that a loss which does not move comes from a network that answers the same to every image, or does not learn. Its units may be dead or saturated, its learning rate too small, or its labels the same for everything.",
    proposals: [
      rateTimes(specification, "discriminator", 10),
      rateTimes(specification, "generator", 10),
      ...wassersteinWithPenalty(specification),
    ],
  };
}

/** The last steps, or null while there are too few. */
function recent({ steps, values }: Course): Course | null {
  const end = steps.at(-1) ?? 0;
  const first = steps.findIndex((step) => step > end - over);
  const isWhole = (steps[0] ?? end) <= end - over;
  if (!isWhole || steps.length - first < fewest) return null;
  return { steps: steps.slice(first), values: values.slice(first) };
}

/** The first step from which on the value never left what it is now. */
function frozenFrom({ steps, values }: Course, tolerance: number): number {
  const last = values.at(-1) as number;
  const moved = values.findLastIndex((value) => Math.abs(value - last) > tolerance);
  return steps[moved + 1] as number;
}
