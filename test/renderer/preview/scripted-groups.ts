/** The group of seeds of the preview: three runs, what they measured, and one seed that waits. */
import type { Handlers } from "../../../main/contract/commands.ts";
import type { GroupSummary, Spread } from "../../../main/contract/family.ts";
import { measures, type Measure, type RunDetail } from "../../../main/contract/runs.ts";
import { Problem } from "../../../main/spec/problem.ts";
import { measurementsOf } from "./scripted-measurements.ts";

type Groups = Pick<
  Handlers,
  "groups.list" | "groups.get" | "groups.measurements" | "groups.cancel"
>;

const byMeasure = <Value>(of: (measure: Measure) => Value) =>
  Object.fromEntries(measures.map((measure) => [measure, of(measure)])) as Record<Measure, Value>;

function spreadOf(values: readonly number[]): Spread {
  const runs = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / runs;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: runs < 2 ? Number.NaN : Math.sqrt(squares / (runs - 1)), runs };
}

export function scriptedGroups(runs: ReadonlyMap<string, RunDetail>): Groups {
  let cancelled = false;
  const summary = (id: string): GroupSummary => {
    const members = [...runs.values()]
      .map(({ run }) => run)
      .filter(({ group }) => group?.id === id);
    if (members.length === 0) throw new Problem("run.unknown", `There is no group «${id}».`);
    return {
      ...{ id, name: members[0]?.group?.name ?? id, seeds: [1, 2, 3, 4], createdAt: 0 },
      ...{ waiting: cancelled ? [] : [4], runs: members.reverse() },
      ending: cancelled ? "Cancelled after 3 of 4 seeds." : null,
    };
  };
  const curvesOf = (id: string) =>
    summary(id).runs.map((run, place) => {
      const all = measurementsOf({ ...run, id: "x".repeat(3 * place + 1) }, run.step);
      const to = place === 2 ? Math.floor(all.steps.length / 2) : all.steps.length;
      return { ...all, steps: all.steps.slice(0, to) };
    });
  const spreadsAt = (id: string, index: number) => {
    const done = curvesOf(id).filter(({ steps }) => index < steps.length);
    return byMeasure((measure) => spreadOf(done.map(({ values }) => values[measure][index] ?? 0)));
  };
  return {
    "groups.list": () => ({ groups: [] }),
    "groups.get": ({ id }) => ({
      group: summary(id),
      epochs: Array.from({ length: 6 }, (_, index) => ({
        epoch: index + 1,
        spreads: spreadsAt(id, (index + 1) * 70),
      })),
    }),
    "groups.measurements": ({ id }) => {
      const steps = curvesOf(id)[0]?.steps ?? [];
      const spreads = steps.map((_, index) => spreadsAt(id, index));
      return {
        steps,
        runs: spreads.map(({ lossGenerator }) => lossGenerator.runs),
        mean: byMeasure((measure) => spreads.map((at) => at[measure].mean)),
        deviation: byMeasure((measure) => spreads.map((at) => at[measure].deviation)),
      };
    },
    "groups.cancel": ({ id }) => {
      cancelled = true;
      return summary(id);
    },
  };
}
