/** From what could be tried to what can be: changes that this run's specification takes. */
import type { Remedy } from "../../spec/doctor/finding.ts";
import { patched } from "../../spec/doctor/patch.ts";
import { requireSameState } from "../../spec/fork.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import type { Proposal } from "./case.ts";

/**
 * In the order in which they were proposed; one that gives no valid specification, or changes nothing,
 * is left out. A fork keeps the weights, so what needs others can only be started anew.
 */
export function remediesOf(specification: Specification, proposals: readonly Proposal[]): Remedy[] {
  const before = JSON.stringify(specification);
  return proposals.flatMap(({ title, patch }): Remedy[] => {
    const changed = parsed(patched(specification, patch));
    if (!changed || JSON.stringify(changed) === before) return [];
    return [{ title, patch, by: keepsState(specification, changed) ? "fork" : "start" }];
  });
}

const parsed = (document: unknown): Specification | null =>
  unlessProblem(() => parseSpecification(document));

const keepsState = (parent: Specification, child: Specification): boolean =>
  unlessProblem(() => {
    requireSameState(parent, child);
    return true;
  }) ?? false;

function unlessProblem<T>(attempt: () => T): T | null {
  try {
    return attempt();
  } catch (thrown) {
    if (thrown instanceof Problem) return null;
    throw thrown;
  }
}
