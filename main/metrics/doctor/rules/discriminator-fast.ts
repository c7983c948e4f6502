/**
 * A discriminator that learns faster than the generator can follow, though its loss does not yet stand at
 * its best: it is ahead at once and stays so, or its steps overshoot and its loss leaps. The learning
 * rates say so together with what is measured, never alone. Highest ratio of the two rates in papers that
 * let the discriminator learn faster: four (Zhang et al. 2019, SAGAN; Brock et al. 2019, BigGAN).
 * Other thresholds: own, see test/bench/doctor.ts. In healthy runs of the presets the loss leaps to less than
 * twice its balance, with a fifty times larger rate of `vanilla-mlp` to five times and far beyond.
 */
import { equilibriumOf } from "../../../spec/equilibria.ts";
import { discriminatorScale, onScale } from "../advantage.ts";
import { mapCourse, measuredCourse, type Case, type Course, type Diagnosis } from "../case.ts";
import { evidence, percent, said } from "../evidence.ts";
import { holdingSince, latest } from "../persistence.ts";

const usualRatio = 4;
/** Of the way from its best to balance: clearly ahead, and a little. */
const aheadLimit = 0.1;
const slightLimit = 0.9;
/** Leaps on the same scale: two of the measured steps among the last few hundred, or one that is huge. */
const leap = 3;
const hugeLeap = 10;
const recent = 300;
/** Steps in which Adam's averages are not yet worth much. */
const settling = 20;

type Sign = Omit<Diagnosis, "id" | "proposals">;

const why =
  "The generator learns from what the discriminator tells it, one step at a time. A discriminator with a much larger learning rate has changed its mind before the generator could follow, or overshoots so that what it tells is wrong.";

export function discriminatorFast(facts: Case): Sign | null {
  const ratio = ratioOfRates(facts);
  const scale = discriminatorScale(facts.specification.loss);
  if (!scale || !(ratio > 1)) return null;
  const course = mapCourse(measuredCourse(facts, "lossDiscriminator"), onScale(scale));
  return leaping(facts, course, ratio) ?? (ratio > usualRatio ? ahead(course, ratio) : null);
}

/** Of what the optimizers use now; NaN where they are of two kinds, whose rates are not of one size. */
function ratioOfRates(facts: Case): number {
  const { generator, discriminator } = facts.specification.optimizers;
  if (generator.kind !== discriminator.kind) return NaN;
  const now = (measure: "learningRateGenerator" | "learningRateDiscriminator") =>
    measuredCourse(facts, measure).values.at(-1) ?? NaN;
  const [ofGenerator, ofDiscriminator] = [
    now("learningRateGenerator"),
    now("learningRateDiscriminator"),
  ];
  return ofGenerator > 0 ? ofDiscriminator / ofGenerator : NaN;
}

function leaping(facts: Case, course: Course, ratio: number): Sign | null {
  const newest = course.steps.at(-1) ?? 0;
  const { values: losses } = measuredCourse(facts, "lossDiscriminator");
  const leaps = course.steps.flatMap((step, index) =>
    step > Math.max(settling, newest - recent) && (course.values[index] as number) > leap
      ? [{ step, loss: losses[index] as number, share: course.values[index] as number }]
      : [],
  );
  const [first] = leaps;
  if (!first || (leaps.length < 2 && first.share < hugeLeap)) return null;
  const balance = equilibriumOf(facts.specification.loss).discriminator;
  const highest = Math.max(...leaps.map(({ loss }) => loss));
  return {
    name: "The discriminator learns too fast",
    severity: "warning",
    since: first.step,
    numbers: `Its loss leapt to as much as ${said(highest)}, in ${leaps.length.toString()} of the steps measured last; at balance it is ${said(balance)}. Its learning rate is ${said(ratio)} times the generator's.`,
    evidence: evidence("discriminator's loss, 0 its best, 1 balance", course, leap, "above"),
    why,
  };
}

function ahead(course: Course, ratio: number): Sign | null {
  const since = holdingSince(course, (share) => share < slightLimit);
  if (since === null) return null;
  const clearly = holdingSince(course, (share) => share < aheadLimit);
  return {
    name: "The discriminator learns too fast",
    severity: clearly === null ? "note" : "warning",
    since: clearly ?? since,
    numbers: `Its learning rate is ${said(ratio)} times the generator's, where papers go up to ${usualRatio.toString()}; its loss is ${percent(latest(course) ?? NaN)} of the way from its best (0 %) to balance (100 %).`,
    evidence: evidence(
      "discriminator's loss, 0 its best, 1 balance",
      course,
      clearly === null ? slightLimit : aheadLimit,
      "below",
    ),
    why,
  };
}
