/**
 * From a bundle to a run of this history: judged, unpacked into a folder of its own, drawn again, and
 * only then taken in, all of it or nothing.
 */
import { join } from "node:path";
import type { BundleProof, ImportedRun } from "../../contract/bundles.ts";
import { inspectDataset } from "../../data/open.ts";
import { splitOf, type DataSource } from "../../spec/data.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification, type Specification } from "../../spec/specification.ts";
import { beginArrival, dropArrival, finishArrival } from "../../store/arrivals.ts";
import { listDatasets } from "../../store/datasets.ts";
import { cacheFolder } from "../../store/layout.ts";
import { getSpecification, updateRun, type RunRow } from "../../store/runs.ts";
import { requireData } from "../../training/requirements.ts";
import type { ApiContext } from "../context.ts";
import { openBundle, type BundleArchive } from "./archive.ts";
import { identify } from "./identity.ts";
import { invalidBundle, type Manifest } from "./manifest.ts";
import type { TransferWatch } from "./transfers.ts";
import { checkBundle, unpackBundle } from "./unpack.ts";

/** `data` takes the place of the run's data set. Throws `bundle.*`, `data.*`, `run.state`, `disk.full` or `file.unwritable`. */
export async function importBundle(
  context: ApiContext,
  path: string,
  data: DataSource | undefined,
  watch: TransferWatch,
): Promise<ImportedRun> {
  const { home, announcer, now } = context;
  const archive = await openBundle(path, home.folder);
  const { manifest } = archive;
  const specification = await withData(context, manifest.run.specification, data);
  const advice = adviceOf(context, manifest, specification);
  const identity = identify(home, manifest, path);
  if (identity.known) {
    await checkBundle({ path, archive, watch });
    const proof = { step: null, difference: null, formerId: null, advice };
    if (data === undefined) return { run: identity.known, outcome: "known", ...proof };
    return { run: withNewData(context, identity.known, data), outcome: "updated", ...proof };
  }
  const { id } = identity;
  try {
    const folder = beginArrival(home, id);
    const { columns, checkups } = await unpackBundle({ path, archive, watch }, folder);
    const proof = await drawnAgain(context, archive, path, folder, watch);
    watch.signal.throwIfAborted();
    const { run, place, samples, checkpoints, events, evaluations } = manifest;
    const imported = { at: now(), step: place.step, kind: "imported", detail: wordsOf(proof) };
    const row = finishArrival(
      home,
      {
        ...run,
        ...{ id, place, samples, checkpoints, evaluations, specification, checkups },
        measurements: columns,
        status: endedStatus(run.status),
        events: [...events, imported],
        createdAt: Math.min(run.createdAt, now()),
      },
      now(),
    );
    announcer.announce("run.changed", row);
    const formerId = id === run.id ? null : run.id;
    return { run: row, outcome: "imported", formerId, advice, ...proof };
  } catch (thrown) {
    dropArrival(home, id);
    throw thrown;
  }
}

/** The run that is here trains on, from its checkpoint, with another data set. */
function withNewData(
  { home, announcer, live, starting, now }: ApiContext,
  { id }: RunRow,
  source: DataSource,
): RunRow {
  if (live.has(id) || starting.has(id))
    throw new Problem("run.state", `The run ${id} is being trained; stop it first.`);
  const stored = parseSpecification(getSpecification(home, id));
  const specification = { ...stored, data: { ...stored.data, source } };
  const row = updateRun(home, id, { specification }, now());
  announcer.announce("run.changed", row);
  return row;
}

/** A session elsewhere is none here. */
const endedStatus = (status: Manifest["run"]["status"]) =>
  status === "starting" || status === "running" || status === "paused" ? "interrupted" : status;

/** With another data set, which must fit the networks and be there. */
async function withData(
  { home }: ApiContext,
  specification: Specification,
  source: DataSource | undefined,
): Promise<Specification> {
  if (source === undefined) return specification;
  const changed = { ...specification, data: { ...specification.data, source } };
  const { image, classCounts, length } = await inspectDataset(source, cacheFolder(home.folder));
  const split = splitOf(changed.data, length);
  requireData(changed, { image, classes: classCounts.length }, split);
  return changed;
}

/**
 * By what is on the list alone: a path from a stranger's file is not looked at before someone asks for
 * it. Null when the run can be trained on.
 */
function adviceOf(
  { home }: ApiContext,
  { run }: Manifest,
  { data: { source } }: Specification,
): string | null {
  if (source.kind === "digits") return null;
  const wanted = JSON.stringify(source);
  if (listDatasets(home).some((dataset) => JSON.stringify(dataset.source) === wanted)) return null;
  return `Its data set «${run.dataset}» is not on the list here, so it can be looked at but not trained on. To train on, add the data set, then import the bundle again and choose that one.`;
}

/** Checkpoints are read and one is drawn from in a process of its own: what they hold is not trusted yet. */
async function drawnAgain(
  { oneShots }: ApiContext,
  { manifest }: BundleArchive,
  path: string,
  folder: string,
  { signal, onProgress }: TransferWatch,
): Promise<BundleProof> {
  const { run, samples, checkpoints } = manifest;
  if (checkpoints.length === 0) return { step: null, difference: null };
  const place = (file: string) => join(folder, ...file.split("/"));
  const drawn = samples.findLast(({ step }) => checkpoints.some((one) => one.step === step));
  const total = checkpoints.reduce((sum, { bytes }) => sum + bytes, 0);
  onProgress("comparing", 0, total);
  const job = {
    kind: "verify",
    specification: run.specification,
    engine: run.engine === "wasm" ? "wasm" : "auto",
    eager: run.mode !== "compiled",
    checkpoints: checkpoints.map(({ file, ...rest }) => ({ ...rest, path: place(file) })),
    sheet: drawn ? { path: place(drawn.file), step: drawn.step } : null,
  } as const;
  try {
    const { difference } = await oneShots.run(job, "verified", {
      signal,
      onMessage: (message) => {
        if (message.type === "verifying") onProgress("comparing", message.bytes, total);
      },
    });
    return { step: drawn?.step ?? null, difference };
  } catch (thrown) {
    signal.throwIfAborted();
    const isTheirs = thrown instanceof Problem && judged.has(thrown.code);
    if (!isTheirs) throw thrown;
    throw invalidBundle(path, "its checkpoints or images do not fit its specification", thrown);
  }
}

/** What a session says of files that are not right; a process that ends at them is one of the ways. */
const judged = new Set(["checkpoint.damaged", "session.crashed", "internal"]);

/** For the run's log. */
function wordsOf({ step, difference }: BundleProof): string {
  if (step === null || difference === null) return "No images to compare.";
  const at = `The images of step ${step.toLocaleString("en")} were drawn again`;
  if (difference === 0) return `${at}: identical.`;
  return `${at}: they differ by ${difference} of 255 grey levels at most. Another engine or machine may differ by a little.`;
}
