/**
 * The one list of what a page or a shell may ask: each command's payload as a schema, its result as
 * a type. Client, preload bridge and handler table are all derived from it, so a command that lacks
 * a handler does not compile.
 */
import * as v from "valibot";
import { augmentationSchema } from "../spec/augmentation.ts";
import { dataSourceSchema } from "../spec/data.ts";
import type { Finding } from "../spec/doctor/finding.ts";
import { downloadIds } from "../spec/downloads.ts";
import { imageShapeSchema } from "../spec/shape.ts";
import {
  runOrders,
  runStatuses,
  type Measurements,
  type RunDetail,
  type RunSummary,
} from "./runs.ts";
import {
  cancelEvaluationPayload,
  evaluatePayload,
  evaluationsPayload,
  type RunEvaluations,
} from "./evaluations.ts";
import {
  animationPayload,
  betweenPayload,
  directionsPayload,
  imagesPayload,
  nearestPayload,
  ofExplored,
  searchPayload,
  type ExploredImages,
  type FoundImage,
  type LatentDirections,
  type NearestImages,
} from "./explore.ts";
import {
  bundlePayload,
  cancelBundlePayload,
  closeBundlePayload,
  importPayload,
  openBundlePayload,
  readBundlePayload,
  type ImportedRun,
  type OpenedBundle,
  type WrittenBundle,
} from "./bundles.ts";
import type { GroupDetail, GroupMeasurements, GroupSummary, Reproduction } from "./family.ts";
import {
  archivePayload,
  exportPayload,
  importModelPayload,
  type ArchivedExport,
  type WrittenExport,
} from "./exports.ts";
import type { BenchResult, DatasetInfo, PixelBatch, SystemDescription } from "./system.ts";

const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "is not an id"));
const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
const engine = v.picklist(["auto", "tensorflow", "wasm"]);
const seed = whole(0, 0x7fffffff);
const learningRate = v.pipe(v.number(), v.finite(), v.minValue(0), v.maxValue(1000));

declare const result: unique symbol;

/** A payload schema that remembers, for the compiler alone, what the command answers. */
export interface Command<Schema extends v.GenericSchema, Result> {
  payload: Schema;
  [result]?: Result;
}

const answers =
  <Result>() =>
  <Schema extends v.GenericSchema>(payload: Schema): Command<Schema, Result> => ({ payload });

const ofRun = v.strictObject({ id });

export const commands = {
  "system.describe": answers<SystemDescription>()(v.strictObject({})),
  /** What had to be mended when the data folder was opened, as sentences. */
  "system.notices": answers<{ notices: string[] }>()(v.strictObject({})),
  "system.bench": answers<BenchResult>()(
    v.strictObject({
      preset: name,
      steps: whole(1, 100_000),
      warmup: whole(0, 10_000),
      engine,
    }),
  ),

  /**
   * Has new sessions load another TensorFlow: the folder of one, or null for the program's own. Tried
   * before it is kept; what does not load, or is overruled by the environment, is `usage`.
   */
  "system.useTensorflow": answers<SystemDescription>()(
    v.strictObject({ folder: v.nullable(path) }),
  ),

  /** Ends the measuring of all; whoever waits for it gets `bench.cancelled`. */
  "system.cancelBench": answers<{ cancelled: boolean }>()(v.strictObject({})),

  "datasets.list": answers<{ datasets: DatasetInfo[] }>()(v.strictObject({})),
  /** With the files that were left out, and why. */
  "datasets.get": answers<DatasetInfo>()(v.strictObject({ id })),
  /**
   * `source` is a path to an IDX file or a folder that holds one, or pictures, or a ZIP archive of
   * one of these; or `digits`; or a source as specifications have it. `image` is the size that
   * pictures of a path are used at, `filter` what the names of those that are used contain. Answers
   * when it can be trained on; `dataset.preparing` tells how far it is.
   */
  "datasets.add": answers<DatasetInfo>()(
    v.strictObject({
      source: v.union([path, dataSourceSchema]),
      name: v.optional(name),
      image: v.optional(imageShapeSchema),
      filter: v.optional(v.pipe(v.string(), v.maxLength(200))),
    }),
  ),
  /**
   * Calls off what is being added; `source` is what was given to `datasets.add`, of a source as
   * specifications have it the path. Nothing is kept. `cancelled` is false where there was nothing to
   * call off.
   */
  "datasets.cancelAdd": answers<{ cancelled: boolean }>()(v.strictObject({ source: path })),
  /**
   * Takes a data set off the list, with what was downloaded or prepared for it; files of the user's
   * own stay. Refused while a run trains on it.
   */
  "datasets.remove": answers<{ id: string }>()(v.strictObject({ id })),
  /**
   * Fetches a public data set, or what is missing of it, and adds it under its own id. Answers when
   * it can be trained on; `dataset.progress` tells how far it is.
   */
  "datasets.download": answers<Downloaded>()(v.strictObject({ id: v.picklist(downloadIds) })),
  /** What has arrived is kept. `cancelled` is false where nothing was being downloaded. */
  "datasets.cancelDownload": answers<{ cancelled: boolean }>()(
    v.strictObject({ id: v.picklist(downloadIds) }),
  ),
  /** The first images of a data set, as they will be trained on: with `augmentation`, changed by `seed`. */
  "datasets.preview": answers<PixelBatch>()(
    v.strictObject({
      id,
      count: whole(1, 256),
      augmentation: v.optional(augmentationSchema),
      seed: v.optional(seed),
    }),
  ),

  /**
   * Runs, newest first where no other order is asked for, and how many there are in all. `search` is a
   * part of the name, id, preset or data set; a `preset` that is null means runs of own design.
   * `deleted` lists the bin instead of the history. `family` lists roots alone (runs that are neither
   * a fork of another in the history nor a later one of a group; `below` is how many hang below those
   * that fit), a run's forks, or a group's runs.
   */
  "runs.list": answers<{ runs: RunSummary[]; total: number; below?: number }>()(
    v.strictObject({
      limit: v.optional(whole(1, 10_000)),
      offset: v.optional(whole(0, 1_000_000_000)),
      search: v.optional(v.pipe(v.string(), v.maxLength(200))),
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
  /** `specification` is parsed by the specification's own door, for its better messages. */
  "runs.start": answers<RunSummary>()(
    v.strictObject({
      specification: v.unknown(),
      name: v.optional(name),
      engine,
      /** Run each operation by itself, also where the step could be compiled. */
      eager: v.optional(v.boolean()),
    }),
  ),
  "runs.pause": answers<RunSummary>()(ofRun),
  "runs.continue": answers<RunSummary>()(ofRun),
  /** Saves, then ends the session. */
  "runs.stop": answers<RunSummary>()(ofRun),
  /** Writes a checkpoint now. */
  "runs.save": answers<RunSummary>()(ofRun),
  /** Does one step of a run that is paused, and answers what it measured. */
  "runs.step": answers<Measurements>()(ofRun),
  /**
   * Changes learning rates from the next step on; of an ended run, from where it will be resumed. A
   * rate takes the place of the specification's, its schedule goes on from there. Recorded as an
   * event («learning rates»), so that a resumed run changes them at the same steps. The number of
   * discriminator updates a step changes at the start of the next epoch (event «discriminator
   * steps»), so that every epoch has steps of one kind.
   */
  "runs.set": answers<RunSummary>()(
    v.strictObject({
      id,
      learningRates: v.optional(
        v.strictObject({
          generator: v.optional(learningRate),
          discriminator: v.optional(learningRate),
        }),
      ),
      discriminatorSteps: v.optional(whole(1, 1000)),
    }),
  ),
  /**
   * Starts a new run that shares the past of another up to the end of `epoch` (default: the newest
   * that a checkpoint is kept of). `specification` is the child's; left out, the parent's as it was
   * then, with learning rates and discriminator updates that were changed live. What does not fit the
   * parent's state is refused. The parent may be deleted later.
   */
  "runs.fork": answers<RunSummary>()(
    v.strictObject({
      id,
      epoch: v.optional(whole(1, 1_000_000)),
      specification: v.optional(v.unknown()),
      name: v.optional(name),
    }),
  ),
  /**
   * Trains a run again from its specification, seed and events, to its own step or `steps`, and
   * compares what it measures and its checkpoints. A fork is trained again from where it left its
   * parent. Ends at the first difference; `run.reproducing` tells how far it is.
   */
  "runs.reproduce": answers<Reproduction>()(
    v.strictObject({ id, steps: v.optional(whole(1, 1_000_000_000)) }),
  ),
  "runs.cancelReproduce": answers<{ cancelled: boolean }>()(ofRun),

  /**
   * Trains one specification with several seeds, one run after the other. Answers when the first has
   * started; the others start by themselves. `eager` as in «runs.start».
   */
  "groups.start": answers<GroupSummary>()(
    v.strictObject({
      specification: v.unknown(),
      seeds: v.pipe(v.array(seed), v.minLength(1), v.maxLength(100)),
      name: v.optional(name),
      engine,
      eager: v.optional(v.boolean()),
    }),
  ),
  "groups.list": answers<{ groups: GroupSummary[] }>()(v.strictObject({})),
  "groups.get": answers<GroupDetail>()(ofRun),
  /** Mean and standard deviation over the group's runs, at steps that more than one has measured. */
  "groups.measurements": answers<GroupMeasurements>()(
    v.strictObject({ id, points: v.optional(whole(2, 20_000)) }),
  ),
  /** Saves and stops the run that trains, and drops those that wait; what is done stays. */
  "groups.cancel": answers<GroupSummary>()(ofRun),
  /** Continues an ended run from its last checkpoint, up to `epochs` (and `steps`) in all. */
  "runs.resume": answers<RunSummary>()(
    v.strictObject({
      id,
      epochs: v.optional(whole(1, 1_000_000)),
      steps: v.optional(whole(1, 1_000_000_000)),
      engine,
    }),
  ),
  /** New images from a run's last checkpoint, or the one that closed `epoch`. */
  "runs.generate": answers<PixelBatch>()(
    v.strictObject({
      id,
      epoch: v.optional(whole(1, 1_000_000)),
      count: whole(1, 4096),
      seed,
      /** The class to draw; each in turn when left out. */
      label: v.optional(whole(0, 255)),
      /** Of normal priors: values of the noise that are larger are drawn again. */
      truncation: v.optional(v.pipe(v.number(), v.minValue(0.1), v.maxValue(10))),
    }),
  ),

  /** Writes a run into one file; `bundle.progress` tells how far it is. */
  "runs.bundle": answers<WrittenBundle>()(bundlePayload),
  /**
   * Takes in a run from such a file, after everything in it was checked and its images were drawn again.
   * A run that is here already is not taken in twice.
   */
  "runs.import": answers<ImportedRun>()(importPayload),
  /** Calls off what is being written or imported; nothing is kept. */
  "runs.cancelBundle": answers<{ cancelled: boolean }>()(cancelBundlePayload),
  /** A bundle for whoever saves files himself: its parts are then asked for one after the other. */
  "bundles.open": answers<OpenedBundle>()(openBundlePayload),
  /** The bytes from `at` on, at most four megabytes; none behind the end. */
  "bundles.read": answers<{ bytes: Uint8Array }>()(readBundlePayload),
  "bundles.close": answers<{ closed: boolean }>()(closeBundlePayload),

  /**
   * Writes a network of a run, or images of it, in these formats, with a model card beside them. Each
   * network is loaded again and compared first; one that differs is refused, and nothing is left.
   * «export.progress» tells how far it is; one export a run at a time.
   */
  "exports.write": answers<WrittenExport>()(exportPayload),
  /** The same as a ZIP archive for whoever saves files himself. */
  "exports.archive": answers<ArchivedExport>()(archivePayload),
  /** Calls off the export of a run; nothing is left of it. */
  "exports.cancel": answers<{ cancelled: boolean }>()(ofRun),
  /**
   * Takes in a generator from an export of ours (.safetensors, or model.json of tfjs) as a run that
   * has ended, to look around in. Other files are refused; no code is ever read from any.
   */
  "exports.import": answers<RunSummary>()(importModelPayload),

  /**
   * Measures how good the images of a run's checkpoints are, and stores it with the run: of the newest,
   * of the one that closed `epoch`, or of all that are kept.
   * Answers with what is new; `run.evaluating` tells how far it is. One a run at a time.
   */
  "runs.evaluate": answers<RunEvaluations>()(evaluatePayload),
  /** What was done by then is kept. */
  "runs.cancelEvaluation": answers<{ cancelled: boolean }>()(cancelEvaluationPayload),
  /**
   * All that was ever measured of a run, by step. `settled`: answers when nothing more is being
   * measured by itself.
   */
  "runs.evaluations": answers<RunEvaluations>()(evaluationsPayload),

  /** Images of new or given latent vectors, with D's scores. */
  "explore.images": answers<ExploredImages>()(imagesPayload),
  /** Images on the way between two vectors: in a straight line, or for normal priors a great circle. */
  "explore.between": answers<ExploredImages>()(betweenPayload),
  /** The same way there and back as a file that plays without end. */
  "explore.animation": answers<{ file: Uint8Array }>()(animationPayload),
  "explore.directions": answers<LatentDirections>()(directionsPayload),
  /** The training images nearest to an image. */
  "explore.nearest": answers<NearestImages>()(nearestPayload),
  /** The latent vector whose image is nearest; `explore.searching` tells how far it is. One a run at a time. */
  "explore.search": answers<FoundImage>()(searchPayload),
  /** Ends the search of a run; it answers with the best until then. */
  "explore.cancelSearch": answers<{ cancelled: boolean }>()(ofExplored),
  /** Frees what exploring a run holds; the next question takes it up again. */
  "explore.close": answers<{ closed: boolean }>()(ofExplored),
};

type Commands = typeof commands;
export type CommandName = keyof Commands;
export type Payload<Name extends CommandName> = v.InferOutput<Commands[Name]["payload"]>;
export type Result<Name extends CommandName> =
  Commands[Name] extends Command<v.GenericSchema, infer Answer> ? Answer : never;

/** A data set as it was downloaded. */
export interface Downloaded extends DatasetInfo {
  /**
   * Files whose number and size of images are right, but of which no checksum is published, so that
   * nobody can tell whether the content is; absent where all were held against theirs.
   */
  uncheckedFiles?: string[];
}

/** One function a command; what the api must provide in full. */
export type Handlers = {
  [Name in CommandName]: (payload: Payload<Name>) => Promise<Result<Name>> | Result<Name>;
};
