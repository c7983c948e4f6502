/** Commands that read runs and keep the history in order. */
import * as v from "valibot";
import type { Finding } from "../../spec/doctor/finding.ts";
import { answers } from "../command.ts";
import {
  runOrders,
  runStatuses,
  type Measurements,
  type RunDetail,
  type RunSummary,
} from "../runs.ts";
import type { PixelBatch } from "../system.ts";
import { id, name, ofRun, seed, whole } from "../values.ts";

export const historyCommands = {
  /**
   * Runs, newest first where no other order is asked for, and how many there are in all. `search` is a
   * part of the name, id, preset, data set or a tag, with whole tags in it as run-search.ts reads them;
   * `tags` are those that a run must have, all of them. A `preset` that is null means runs of own design.
   * `deleted` lists the bin instead of the history. `family` lists roots alone (runs that are neither
   * a fork of another in the history nor a later one of a group; `below` is how many hang below those
   * that fit), a run's forks, or a group's runs.
   */
  "runs.list": answers<{ runs: RunSummary[]; total: number; below?: number }>()(
    v.strictObject({
      limit: v.optional(whole(1, 10_000)),
      offset: v.optional(whole(0, 1_000_000_000)),
      search: v.optional(v.pipe(v.string(), v.maxLength(200))),
      tags: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(100))),
      status: v.optional(v.array(v.picklist(runStatuses))),
      preset: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64)))),
      order: v.optional(v.picklist(runOrders)),
      descending: v.optional(v.boolean()),
      deleted: v.optional(v.boolean()),
      family: v.optional(
        v.union([
          v.literal("roots"),
          v.strictObject({ parent: id }),
          v.strictObject({ group: id }),
        ]),
      ),
    }),
  ),
  "runs.rename": answers<RunSummary>()(v.strictObject({ id, name })),
  /**
   * Moves an ended run to the bin, from where «runs.restore» has it back for thirty days. What has
   * been in the bin for longer is removed for good.
   */
  "runs.delete": answers<{ id: string }>()(ofRun),
  "runs.restore": answers<RunSummary>()(ofRun),
  "runs.get": answers<RunDetail>()(ofRun),
  /**
   * What the Doctor says about a run as it stands, or as it ended; the worst first. Of a run that is
   * being trained, `run.findings` tells when it changes.
   */
  "runs.findings": answers<{ findings: Finding[] }>()(ofRun),
  /**
   * Measurements with step > `after` and < `before` (default: all). With `points` at most so many, chosen so
   * that a chart of the losses looks as it would with all: see main/api/runs/thinning.ts.
   */
  "runs.measurements": answers<Measurements>()(
    v.strictObject({
      id,
      after: v.optional(whole(0, Number.MAX_SAFE_INTEGER)),
      before: v.optional(whole(1, Number.MAX_SAFE_INTEGER)),
      points: v.optional(whole(2, 20_000)),
    }),
  ),
  /** The grid that was drawn at a step, as a PNG file. */
  "runs.sampleImage": answers<{ png: Uint8Array }>()(
    v.strictObject({ id, step: whole(0, Number.MAX_SAFE_INTEGER) }),
  ),
  /** New images from a run's last checkpoint, or the one that closed `epoch`. */
  "runs.generate": answers<PixelBatch>()(
    v.strictObject({
      id,
      epoch: v.optional(whole(1, 1_000_000)),
      count: whole(1, 65_536),
      seed,
      /** Images of the seed to leave out before them, so that many can be drawn in parts. */
      first: v.optional(whole(0, 1_000_000)),
      /** The class to draw; each in turn when left out. */
      label: v.optional(whole(0, 255)),
      /** Of normal priors: values of the noise that are larger are drawn again. */
      truncation: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10))),
    }),
  ),
};
