/**
 * Forks: a new run that shares another's past up to the end of an epoch and goes on from its
 * checkpoint with settings of its own. The past is copied (files by a second name), so that the
 * parent may go and every reader finds a whole run: see docs/decisions.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Handlers, Payload } from "../../contract/commands.ts";
import { shareFiles } from "../../files/share-files.ts";
import { forkEvent, forkWords } from "../../spec/course.ts";
import {
  forkPlaces,
  requireFuture,
  requireSameState,
  specificationAt,
  type ForkPlace,
} from "../../spec/fork.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { beginArrival, dropArrival, settleArrival } from "../../store/arrivals.ts";
import { newestIntactCheckpoint } from "../../store/checkpoints-read.ts";
import { insertCheckpoint, listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { commitEvent } from "../../store/commit.ts";
import { storing, type Connection, type Home } from "../../store/connection.ts";
import { listEvents } from "../../store/events.ts";
import { copyPast, insertParent } from "../../store/family.ts";
import { runFile, runFolder } from "../../store/layout.ts";
import { lastMeasurement } from "../../store/measurements.ts";
import { moveRun } from "../../store/run-place.ts";
import { getRun, getSpecification, insertRun, type RunRow } from "../../store/runs.ts";
import { listSamples } from "../../store/samples.ts";
import { updatesBefore } from "../../training/position.ts";
import type { ApiContext } from "../context.ts";
import { requireFeatures } from "../evaluation/features.ts";
import { requireTrained } from "../exports/import.ts";
import { begin, courseOf, requireDataOf } from "./begin.ts";
import { newRunId } from "./ids.ts";

type Forking = Pick<Handlers, "runs.fork">;

export function forkHandlers(context: ApiContext): Forking {
  return { "runs.fork": (payload) => fork(context, payload) };
}

async function fork(
  context: ApiContext,
  { id: parentId, epoch, specification: given, name }: Payload<"runs.fork">,
): Promise<RunRow> {
  const { home, now } = context;
  const parent = getRun(home, parentId);
  requireTrained(home, parentId);
  const stored = parseSpecification(getSpecification(home, parentId));
  const place = placeOf(context, parentId, epoch);
  const before = specificationAt(stored, listEvents(home, parentId), place.step);
  const specification = given === undefined ? before : parseSpecification(given);
  requireSameState(before, specification);
  requireFuture(specification, place);
  const { dataset: data } = await requireDataOf(context, specification);
  // A file that has gone since is no reason to forbid what goes on without it.
  if (specification.outputs.features !== before.outputs.features) {
    await requireFeatures(specification);
  }
  const found = await newestIntactCheckpoint(home, parentId, place.step);
  if (found.checkpoint.step !== place.step) throw damaged(place);

  const updates = updatesBefore(stored, courseOf(home, parentId), place.step);
  const id = newRunId(home, specification.preset, new Date(now()));
  const { checkpoint } = found;
  let child: RunRow;
  try {
    const gathered = beginArrival(home, id);
    await context.held.during(parentId, [place.step], () =>
      sharePast(home, { parent: parentId, gathered, checkpoint, place }),
    );
    const store = (database: Connection) => {
      const dataset = data.name;
      const chosen = name ?? `${parent.name}, fork`.slice(0, 200);
      const row = { id, specification, dataset, engine: null, createdAt: now() };
      insertRun(home, { ...row, name: chosen, status: "starting" });
      copyPast(database, parentId, id, place.step);
      insertCheckpoint(database, id, checkpoint);
      insertParent(database, id, { run: parentId, ...place });
      const last = lastMeasurement(database, id);
      const losses = last && {
        generator: last.lossGenerator,
        discriminator: last.lossDiscriminator,
      };
      moveRun(database, id, { ...place, seconds: 0, losses }, now());
      const detail = forkWords(parentId, { ...place, updates });
      commitEvent(home, id, { at: now(), step: place.step, kind: forkEvent, detail });
      return getRun(home, id);
    };
    child = settleArrival(home, id, () => storing(home, store));
  } catch (thrown) {
    dropArrival(home, id);
    throw thrown;
  }
  // It has one fork more.
  context.announcer.announce("run.changed", getRun(home, parentId));
  // The parent's engine goes on where it can: another's numbers differ in their last digits.
  const engine = parent.engine === "wasm" ? "wasm" : "auto";
  const from = { path: runFile(home.folder, id, checkpoint.file), sha256: checkpoint.sha256 };
  const eager = parent.mode === "eager";
  const folder = runFolder(home.folder, id);
  begin(context, child, "started", "", { specification, engine, eager, folder, from });
  return getRun(home, id);
}

interface Past {
  parent: string;
  /** Where the child's files are gathered. */
  gathered: string;
  checkpoint: CheckpointRow;
  place: ForkPlace;
}

/** The sheets up to the fork, those that have gone left out, and its checkpoint. */
function sharePast(home: Home, { parent, gathered, checkpoint, place }: Past): Promise<void> {
  const pathOf = (file: string) => runFile(home.folder, parent, file);
  const sheets = listSamples(home, parent).filter(
    ({ step, file }) => step <= place.step && existsSync(pathOf(file)),
  );
  return shareFiles(
    [checkpoint, ...sheets].map(({ file }) => ({
      from: pathOf(file),
      to: join(gathered, ...file.split("/")),
    })),
  );
}

/** Throws `run.nocheckpoint` with the epochs that can be forked. */
function placeOf({ home }: ApiContext, id: string, epoch: number | undefined): ForkPlace {
  const places = forkPlaces({
    checkpoints: listCheckpoints(home, id),
    samples: listSamples(home, id),
  });
  const place = epoch === undefined ? places.at(-1) : places.find((at) => at.epoch === epoch);
  if (place) return place;
  const has = places.map((at) => at.epoch.toLocaleString("en")).join(", ");
  throw new Problem(
    "run.nocheckpoint",
    epoch === undefined || has === ""
      ? `The run ${id} has no epoch yet whose end is kept as a checkpoint; it can be forked after its first.`
      : `The run ${id} keeps no checkpoint of the end of epoch ${epoch.toLocaleString("en")}. It can be forked after: ${has}.`,
  );
}

const damaged = ({ epoch }: ForkPlace): Problem =>
  new Problem(
    "checkpoint.damaged",
    `The checkpoint of epoch ${epoch.toLocaleString("en")} is damaged; fork at another epoch.`,
  );
