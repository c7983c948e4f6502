/** A run's measurements: those that are stored, then those that are not yet. All, or enough for a chart. */
import type { Measurements } from "../../contract/runs.ts";
import type { Home } from "../../store/connection.ts";
import { readLosses, type LossCourse } from "../../store/losses.ts";
import { readMeasurements, readMeasurementsAt } from "../../store/measurements.ts";
import type { Measurement } from "../../training/messages.ts";
import { columnsOf, joined } from "./shapes.ts";
import { placesToShow } from "./thinning.ts";

interface Range {
  after?: number | undefined;
  before?: number | undefined;
  points?: number | undefined;
}

/**
 * Those with step > `after` and < `before`; at most `points` of them, see `placesToShow`. `tail`: not
 * stored yet.
 */
export function measured(
  home: Home,
  run: string,
  tail: readonly Measurement[],
  { after = -1, before = Infinity, points = Infinity }: Range,
): Measurements {
  const fresh = tail.filter(({ step }) => step > after && step < before);
  const whole = () => joined(readMeasurements(home, run, after), columnsOf(fresh));
  if (points === Infinity && before === Infinity) return whole();
  const { steps, generator, discriminator } = until(before, readLosses(home, run, after));
  const stored = steps.length;
  if (before === Infinity && stored + fresh.length <= points) return whole();
  const course = (early: Float64Array, name: "lossGenerator" | "lossDiscriminator") => {
    const values = new Float64Array(stored + fresh.length);
    values.set(early);
    for (const [index, row] of fresh.entries()) values[stored + index] = row.values[name];
    return values;
  };
  const courses = [course(generator, "lossGenerator"), course(discriminator, "lossDiscriminator")];
  const shown = placesToShow(courses, points);
  const early = shown.flatMap((place) => (place < stored ? [steps[place] as number] : []));
  const shownOf = new Set(shown);
  const late = fresh.filter((_, index) => shownOf.has(stored + index));
  return joined(readMeasurementsAt(home, run, early), columnsOf(late));
}

function until(before: number, course: LossCourse): LossCourse {
  const end = course.steps.findIndex((step) => step >= before);
  if (end < 0) return course;
  return {
    steps: course.steps.subarray(0, end),
    generator: course.generator.subarray(0, end),
    discriminator: course.discriminator.subarray(0, end),
  };
}
