/** A session's plan: what the specification and earlier sittings say, and what is changed meanwhile. */
import { withUpdates, type UpdatesChange } from "../spec/course.ts";
import type { Specification } from "../spec/specification.ts";
import { nextEpochAfter, planOf, type Course, type Plan } from "./position.ts";

export interface RunCourse {
  plan: () => Plan;
  /**
   * Asks for another k while `step` steps are done; it holds from the next epoch on. Throws
   * `data.empty` for one that an epoch has too few batches for, and changes nothing then.
   */
  changeUpdates(step: number, discriminatorSteps: number): UpdatesChange;
}

/** `images`: how many are trained on. Throws what `planOf` throws. */
export function createCourse(
  specification: Specification,
  images: number,
  course: Course,
): RunCourse {
  let changes = course.changes ?? [];
  let plan = planOf(specification, images, course);
  return {
    plan: () => plan,
    changeUpdates(step, discriminatorSteps) {
      const change = { from: nextEpochAfter(plan, step), discriminatorSteps };
      const changed = withUpdates(changes, change);
      plan = planOf(specification, images, { ...course, changes: changed });
      changes = changed;
      return change;
    },
  };
}
