/**
 * What the Doctor's rules look at: a run's specification and what was measured of it. Pure data, so
 * that a rule can be tried on any stretch of any run.
 */
import type { StepScalar } from "../../engine/step.ts";
import type { Checkup, CheckupMeasure } from "../../spec/doctor/checkup.ts";
import type { Finding, SpecificationPatch } from "../../spec/doctor/finding.ts";
import type { Estimate } from "../../spec/evaluation.ts";
import type { Specification } from "../../spec/specification.ts";

type Measured = StepScalar | "learningRateGenerator" | "learningRateDiscriminator";

/** A measured step; any number may be NaN. */
export interface MeasuredRow {
  step: number;
  values: Readonly<Record<Measured, number>>;
}

export interface Case {
  specification: Specification;
  /** By step; of long runs the last few thousand. */
  rows: readonly MeasuredRow[];
  /** By step. */
  checkups: readonly { step: number; checkup: Readonly<Checkup> }[];
  /** How much generated images are copies, where the run was evaluated; by step. */
  evaluations: readonly { step: number; memorisation: Estimate }[];
  /** The step at which a loss, a gradient or a weight stopped being a number; null for none. */
  divergedAt: number | null;
}

export interface Course {
  steps: number[];
  values: number[];
}

/** A remedy before it is known whether a fork can apply it. */
export interface Proposal {
  title: string;
  patch: SpecificationPatch;
}

/** What a rule says where it applies. */
export type Diagnosis = Omit<Finding, "remedies"> & { proposals: readonly Proposal[] };

export type Rule = (facts: Case) => Diagnosis | null;

/** What was measured, without what is no number. */
export const measuredCourse = ({ rows }: Case, measure: Measured): Course =>
  courseOf(rows.map(({ step, values }) => [step, values[measure]]));

/** What checkups found, without what is no number. */
export const checkupCourse = ({ checkups }: Case, measure: CheckupMeasure): Course =>
  courseOf(checkups.map(({ step, checkup }) => [step, checkup[measure]]));

/** Something computed from several values of a checkup. */
export const derivedCourse = ({ checkups }: Case, value: (checkup: Checkup) => number): Course =>
  courseOf(checkups.map(({ step, checkup }) => [step, value(checkup)]));

function courseOf(pairs: readonly (readonly [number, number])[]): Course {
  const finite = pairs.filter(([, value]) => Number.isFinite(value));
  return { steps: finite.map(([step]) => step), values: finite.map(([, value]) => value) };
}

/** The same with each value changed. */
export const mapCourse = (
  { steps, values }: Course,
  change: (value: number) => number,
): Course => ({
  steps,
  values: values.map(change),
});
