/** Commands that take a trained network along, and that take one in. */
import type { Handlers, Payload } from "../../contract/commands.ts";
import { exportKinds, type ExportedFormat, type ExportResult } from "../../contract/exports.ts";
import { Problem } from "../../spec/problem.ts";
import type { Exported, ExportJob, WrittenFormat } from "../../training/export-messages.ts";
import type { ApiContext } from "../context.ts";
import { recordEvent } from "../runs/record.ts";
import { typedPath } from "../typed-path.ts";
import { importModel } from "./import.ts";
import { exportJob } from "./job.ts";
import { requireTarget, saveExport } from "./save.ts";

type Exports = Pick<Handlers, Extract<keyof Handlers, `exports.${string}`>>;

/** Largest archive that is handed out in one answer; more is written to a path. */
const largestArchive = 2 ** 28;

export function exportHandlers(context: ApiContext): Exports {
  const { home, oneShots, announcer, held } = context;
  const running = new Map<string, AbortController>();
  const opening = new Map<string, AbortController>();

  /** Runs the job in a session of its own. Throws `export.cancelled` where it was called off. */
  async function written(job: ExportJob, signal: AbortSignal): Promise<Exported> {
    const { id, step } = job.run;
    const { exported } = await held.during(id, [step], () =>
      oneShots.run(job, "exported", {
        signal,
        onMessage(message) {
          if (message.type !== "exporting") return;
          announcer.announce("export.progress", { id, ...message.stage });
        },
      }),
    );
    signal.throwIfAborted();
    return exported;
  }

  async function alone<Answer>(
    id: string,
    work: (signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer> {
    if (running.has(id)) {
      throw new Problem(
        "run.state",
        "This run is being exported already; wait for it, or call it off.",
      );
    }
    const controller = new AbortController();
    running.set(id, controller);
    try {
      return await work(controller.signal);
    } finally {
      running.delete(id);
    }
  }

  return {
    "exports.write": (wanted: Payload<"exports.write">) =>
      alone(wanted.id, async (signal) => {
        const { path: given, overwrite = false, ...rest } = wanted;
        const path = typedPath(given);
        const job = await exportJob(home, rest, false);
        await requireTarget(path, wanted.formats, overwrite);
        const exported = await written(job, signal);
        const files = await saveExport(path, exported, overwrite);
        const result = resultOf(job, exported);
        recordEvent(context, job.run.id, "exported", wordsOf(result, path), job.run.step);
        return { ...result, path, files };
      }),

    "exports.archive": (wanted) =>
      alone(wanted.id, async (signal) => {
        const job = await exportJob(home, wanted, true);
        const exported = await written(job, signal);
        const archive = exported.files[0]?.content ?? new Uint8Array();
        if (archive.length > largestArchive) {
          const size = Math.ceil(archive.length / 2 ** 20).toLocaleString("en");
          throw new Problem(
            "usage",
            `The export has ${size} MiB, too much for one download; save it to a folder of this machine instead.`,
          );
        }
        const result = resultOf(job, exported);
        recordEvent(context, job.run.id, "exported", wordsOf(result, "a download"), job.run.step);
        return { ...result, name: `${job.run.id}-epoch-${job.run.epoch}.zip`, archive };
      }),

    "exports.cancel"({ id }) {
      const controller = running.get(id);
      controller?.abort(
        new Problem("export.cancelled", "The export was called off; nothing of it is left."),
      );
      return { cancelled: controller !== undefined };
    },

    async "exports.import"({ path, name }) {
      const controller = new AbortController();
      opening.set(path, controller);
      try {
        return await importModel(context, typedPath(path), name, controller.signal);
      } finally {
        opening.delete(path);
      }
    },

    "exports.cancelImport"({ path }) {
      const controller = opening.get(path);
      controller?.abort(
        new Problem("export.cancelled", "Opening it was called off; nothing of it is left."),
      );
      return { cancelled: controller !== undefined };
    },
  };
}

const formatOf = ({
  format,
  files,
  bytes,
  difference,
  checkedBy,
  loading,
}: WrittenFormat): ExportedFormat => ({
  ...{ format, files: [...files], bytes, difference, checkedBy, loading },
});

function resultOf({ run: { id, step, epoch } }: ExportJob, { formats }: Exported): ExportResult {
  const differences = formats.flatMap(({ difference }) =>
    difference === null ? [] : [difference],
  );
  return {
    ...{ id, step, epoch, formats: formats.map(formatOf) },
    maxAbsDifference: differences.length === 0 ? null : Math.max(...differences),
  };
}

/** For the run's log. */
function wordsOf({ formats, maxAbsDifference }: ExportResult, where: string): string {
  const names = formats.map(({ format }) => exportKinds[format].title).join(", ");
  const checked =
    maxAbsDifference === null ? "" : `; largest difference ${maxAbsDifference.toExponential(1)}`;
  return `${names} to ${where}${checked}`;
}
