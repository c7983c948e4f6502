/** Commands that read runs: lists, details, measurements, images. */
import { readFile } from "node:fs/promises";
import type { Handlers } from "../../contract/commands.ts";
import { parseRunSearch } from "../../contract/run-search.ts";
import { Problem } from "../../spec/problem.ts";
import type { ImageShape } from "../../spec/shape.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
import { listEvents } from "../../store/events.ts";
import { runFile } from "../../store/layout.ts";
import { listRuns } from "../../store/run-list.ts";
import { getRun, getSpecification, type RunRow } from "../../store/runs.ts";
import { listSamples } from "../../store/samples.ts";
import { bytesOfRun } from "../../store/storage.ts";
import type { ApiContext } from "../context.ts";
import { tellDamage } from "./damage.ts";
import { keepingHandlers, type Keeping } from "./keeping.ts";
import { checkedLabel, checkedTruncation } from "../explore/checks.ts";
import { measured } from "./measured.ts";
import { sampleOf } from "./shapes.ts";

type History = Keeping &
  Pick<
    Handlers,
    "runs.list" | "runs.get" | "runs.measurements" | "runs.sampleImage" | "runs.generate"
  >;

export function historyHandlers(context: ApiContext): History {
  const { home, oneShots, live, held } = context;
  /** A disk may be too full to store that a run waits for room on it. */
  const asIs = (run: RunRow): RunRow => ({ ...run, ...live.get(run.id)?.standstill() });

  return {
    ...keepingHandlers(context),

    "runs.list"({ search, tags = [], ...query }) {
      const { text, tags: inSearch } = parseRunSearch(search ?? "");
      const wanted = { ...query, search: text, tags: [...tags, ...inSearch] };
      const { runs, ...counts } = listRuns(home, wanted);
      return { runs: runs.map(asIs), ...counts };
    },

    "runs.get": ({ id }) => ({
      run: asIs(getRun(home, id)),
      specification: parseSpecification(getSpecification(home, id)),
      samples: listSamples(home, id).map(sampleOf),
      checkpoints: listCheckpoints(home, id).map(({ step, epoch, bytes, sha256 }) => ({
        step,
        epoch,
        bytes,
        sha256,
      })),
      bytes: bytesOfRun(home, id),
      events: listEvents(home, id),
    }),

    "runs.measurements"({ id, ...range }) {
      getRun(home, id);
      return measured(home, id, live.get(id)?.tail() ?? [], range);
    },

    async "runs.sampleImage"({ id, step }) {
      getRun(home, id);
      const sample = listSamples(home, id).find((candidate) => candidate.step === step);
      if (!sample) {
        throw new Problem("run.unknown", `The run ${id} has no images of step ${step}.`);
      }
      const png = await readFile(runFile(home.folder, id, sample.file)).catch((cause: unknown) => {
        throw new Problem("checkpoint.damaged", `The images of step ${step} cannot be read.`, {
          cause,
        });
      });
      return { png: new Uint8Array(png) };
    },

    async "runs.generate"({ id, epoch, count, seed, first = 0, label = null, truncation = null }) {
      getRun(home, id);
      const specification = parseSpecification(getSpecification(home, id));
      const at = epoch === undefined ? undefined : stepOfEpoch(id, epoch);
      requireSmall(specification.image, count);
      checkedLabel(specification, label);
      checkedTruncation(specification, truncation);
      const { checkpoint, path, damaged } = await newestIntactCheckpoint(home, id, at);
      if (at !== undefined && checkpoint.step !== at) {
        throw new Problem(
          "checkpoint.damaged",
          `The checkpoint of epoch ${epoch} is damaged; the newest intact one before it is of epoch ${checkpoint.epoch}.`,
        );
      }
      tellDamage(context, id, damaged, checkpoint.step);
      const from = { path, sha256: checkpoint.sha256 };
      const job = {
        ...({ kind: "generate", engine: "auto" } as const),
        ...{ specification, from, first, count, seed, label, truncation },
      };
      const generated = () => oneShots.run(job, "generated");
      return (await held.during(id, [checkpoint.step], generated)).images;
    },
  };

  /** The step that closed the epoch: of several checkpoints in it, the first. */
  function stepOfEpoch(id: string, epoch: number): number {
    const kept = listCheckpoints(home, id).filter((checkpoint) => checkpoint.epoch === epoch);
    const first = kept[0];
    if (first) return first.step;
    const epochs = [...new Set(listCheckpoints(home, id).map((checkpoint) => checkpoint.epoch))];
    throw new Problem(
      "run.nocheckpoint",
      `The run ${id} keeps no checkpoint of epoch ${epoch}. It has: ${epochs.join(", ") || "none yet"}.`,
    );
  }
}

/** Values that one answer may hold: 128 MiB of pixels, and four times that on the way. */
const largestAnswer = 2 ** 27;

function requireSmall({ height, width, channels }: ImageShape, count: number): void {
  const each = height * width * channels;
  if (count * each <= largestAnswer) return;
  const most = Math.floor(largestAnswer / each).toLocaleString("en");
  throw new Problem("usage", `At most ${most} images of this size can be made at a time.`);
}
