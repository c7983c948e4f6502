/** What the Doctor says about a run, from what is stored of it and what is not stored yet. */
import type { Handlers } from "../../contract/commands.ts";
import type { Case, MeasuredRow } from "../../metrics/doctor/case.ts";
import { diagnose } from "../../metrics/doctor/diagnose.ts";
import type { Finding } from "../../spec/doctor/finding.ts";
import { specificationAt } from "../../spec/fork.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import { listEvents } from "../../store/events.ts";
import {
  measureColumns,
  readCheckups,
  readMeasurements,
  stepBeforeLast,
  type MeasurementColumns,
} from "../../store/measurements.ts";
import { getRun, getSpecification } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";

/** Rows that the rules look at: enough for what lasts, and as quick for a run of a million steps. */
const rowsToLookAt = 3000;

type Doctor = Pick<Handlers, "runs.findings">;

export const doctorHandlers = (context: ApiContext): Doctor => ({
  "runs.findings": ({ id }) => ({ findings: findingsOf(context, id) }),
});

/** The worst first. Throws `run.unknown`. */
export const findingsOf = (context: Pick<ApiContext, "home" | "live">, id: string): Finding[] =>
  diagnose(caseOf(context, id));

function caseOf({ home, live }: Pick<ApiContext, "home" | "live">, id: string): Case {
  const run = getRun(home, id);
  const after = stepBeforeLast(home, id, rowsToLookAt);
  const tail = live.get(id)?.tail() ?? [];
  const rows = [...rowsOf(readMeasurements(home, id, after)), ...tail];
  const last = rows.at(-1)?.step ?? 0;
  return {
    // Remedies change what holds now, not what the run began with.
    specification: specificationAt(
      parseSpecification(getSpecification(home, id)),
      listEvents(home, id),
      last,
    ),
    rows,
    checkups: [
      ...readCheckups(home, id, after),
      ...tail.flatMap(({ step, checkup }) => (checkup ? [{ step, checkup }] : [])),
    ],
    evaluations: listEvaluations(home, id).flatMap(({ step, values: { memorisation } }) =>
      memorisation ? [{ step, memorisation }] : [],
    ),
    divergedAt: run.code === "run.diverged" ? last : null,
  };
}

function rowsOf({ steps, values }: MeasurementColumns): MeasuredRow[] {
  return steps.map((step, index) => ({
    step,
    values: Object.fromEntries(
      measureColumns.map((name) => [name, values[name][index]]),
    ) as MeasuredRow["values"],
  }));
}
