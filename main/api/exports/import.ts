/** From an export of ours to a run that has ended: checked and drawn in a session, then taken in as a whole. */
import type { RunSummary } from "../../contract/runs.ts";
import { Problem } from "../../spec/problem.ts";
import { beginArrival, dropArrival, finishArrival } from "../../store/arrivals.ts";
import type { Home } from "../../store/home.ts";
import { listEvents } from "../../store/events.ts";
import { measureColumns, type MeasurementColumns } from "../../store/measurements.ts";
import type { ApiContext } from "../context.ts";
import { newRunId } from "../runs/ids.ts";

/** The event of a run that came this way. */
const opened = "opened";

/** Throws `export.unreadable`, `export.cancelled`, `spec.*`, `engine.*`, `disk.full`, `file.unwritable`; nothing is left then. */
export async function importModel(
  context: ApiContext,
  path: string,
  name: string | undefined,
  signal: AbortSignal,
): Promise<RunSummary> {
  const { home, oneShots, announcer, now } = context;
  const id = newRunId(home, "model", new Date(now()));
  try {
    const folder = beginArrival(home, id);
    const job = { kind: "adopt", path, engine: "auto", folder } as const;
    const { adopted } = await oneShots.run(job, "adopted", { signal });
    signal.throwIfAborted();
    const { checkpoint, sheet, specification, dataset } = adopted;
    const { step, epoch } = checkpoint;
    const event = {
      at: now(),
      step,
      kind: opened,
      detail: `${path}; it holds the generator alone`,
    };
    const run = finishArrival(
      home,
      {
        ...{ id, name: name ?? adopted.name ?? "Opened model", dataset, specification },
        ...{ status: "finished", reason: null, code: null, engine: null, mode: null },
        createdAt: now(),
        place: { step, epoch, seconds: 0 },
        measurements: noMeasurements(),
        checkups: [],
        samples: [{ ...sheet, step, epoch, closesEpoch: true }],
        checkpoints: [{ ...checkpoint, createdAt: now() }],
        events: [event],
      },
      now(),
    );
    announcer.announce("run.changed", run);
    return run;
  } catch (thrown) {
    dropArrival(home, id);
    throw thrown;
  }
}

const noMeasurements = (): MeasurementColumns => ({
  steps: [],
  values: Object.fromEntries(
    measureColumns.map((column) => [column, []]),
  ) as unknown as MeasurementColumns["values"],
});

/** Throws `run.state` for a run whose checkpoint holds no discriminator and no optimisers to go on with. */
export function requireTrained(home: Home, id: string): void {
  if (!listEvents(home, id).some(({ kind }) => kind === opened)) return;
  throw new Problem(
    "run.state",
    `The run ${id} was opened from an export, which holds its generator alone; it cannot be trained on. Start a new run with its settings.`,
  );
}
