/**
 * What runs that are compared were evaluated by, at one place of each. Values of other protocols have
 * other scales: of all protocols the one that most runs share is shown, and the others are marked.
 */
import {
  metricNames,
  metrics,
  protocolKey,
  type Evaluation,
  type Metric,
} from "../../spec/evaluation.ts";
import type { ComparedRun } from "./comparison.ts";

interface QualityRow {
  label: string;
  /** One a run; null where it was not evaluated, or by another protocol. */
  values: (number | null)[];
  /** For nulls, why; null for those that have no evaluation at all. */
  reasons: (string | null)[];
  kind: "step" | "metric";
}

/**
 * None where no run was evaluated by then. `steps`: where each run is looked at; null for nowhere. Each
 * shows its newest evaluation at or before that.
 */
export function qualityRows(
  runs: readonly Pick<ComparedRun, "evaluations">[],
  steps: readonly (number | null | undefined)[],
): QualityRow[] {
  const before = runs.map(({ evaluations }, place) =>
    evaluations.filter(({ step }) => step <= (steps[place] ?? -1)),
  );
  const key = commonKey(before);
  if (key === null) return [];
  const shown = before.map((evaluations) => newestOf(evaluations, key));
  const reasons = before.map((evaluations, place) =>
    shown[place] === undefined && evaluations.length > 0 ? "by another protocol" : null,
  );
  const row = (
    kind: QualityRow["kind"],
    label: string,
    valueOf: (evaluation: Evaluation) => number | undefined,
  ): QualityRow => ({
    ...{ kind, label, reasons },
    values: shown.map((evaluation) => (evaluation && valueOf(evaluation)) ?? null),
  });
  const measured = (metric: Metric) => shown.some((evaluation) => evaluation?.values[metric]);
  return [
    row("step", "Evaluated at step", ({ step }) => step),
    ...metricNames
      .filter(measured)
      .map((metric) => row("metric", metrics[metric].title, ({ values }) => values[metric]?.value)),
  ];
}

/** The protocol that most runs were evaluated by; of equals, the one that comes first. */
function commonKey(evaluated: readonly (readonly Evaluation[])[]): string | null {
  const runsBy = new Map<string, number>();
  for (const evaluations of evaluated) {
    for (const key of new Set(evaluations.map(({ protocol }) => protocolKey(protocol))))
      runsBy.set(key, (runsBy.get(key) ?? 0) + 1);
  }
  let most: string | null = null;
  for (const [key, count] of runsBy) {
    if (most === null || count > (runsBy.get(most) ?? 0)) most = key;
  }
  return most;
}

const newestOf = (evaluations: readonly Evaluation[], key: string): Evaluation | undefined =>
  evaluations
    .filter(({ protocol }) => protocolKey(protocol) === key)
    .reduce<Evaluation | undefined>(
      (newest, one) => (newest === undefined || one.step >= newest.step ? one : newest),
      undefined,
    );
