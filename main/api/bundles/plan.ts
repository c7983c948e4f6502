/**
 * A run as the bytes of a bundle, before any of them is written: which files go in, held against the
 * checksums that they were stored with, and where in the archive each lies. The archive itself never
 * lies in memory, and never on the disk unless it is written there.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { crc32 } from "node:zlib";
import type { Segment } from "../../files/segments.ts";
import { zipFrame } from "../../files/zip-write.ts";
import { Problem } from "../../spec/problem.ts";
import { parseSpecification } from "../../spec/specification.ts";
import { listCheckpoints, type CheckpointRow } from "../../store/checkpoints.ts";
import { listEvaluations } from "../../store/evaluations.ts";
import { listEvents } from "../../store/events.ts";
import type { Home } from "../../store/home.ts";
import { runFile } from "../../store/layout.ts";
import { runDocumentFormat, runDocumentVersion } from "../../store/run-document.ts";
import { getRun, getSpecification, type RunRow } from "../../store/runs.ts";
import { listSamples } from "../../store/samples.ts";
import { version } from "../system/version.ts";
import {
  bundleFormat,
  encodeManifest,
  filesOf,
  manifestFile,
  versionOf,
  type Manifest,
} from "./manifest.ts";
import { encodeMeasurements, measurementsFile } from "./measurements-file.ts";
import type { TransferWatch } from "./transfers.ts";

export interface BundlePlan {
  /** The archive, piece after piece. */
  segments: Segment[];
  bytes: number;
  checkpoints: number;
  samples: number;
  /** Files of the run that are damaged or missing. */
  leftOut: string[];
}

/** With `last`, of the checkpoints only the newest that is intact. Throws `run.unknown`, or the signal's reason. */
export async function bundlePlan(
  home: Home,
  id: string,
  { last }: { last: boolean },
  watch: TransferWatch,
): Promise<BundlePlan> {
  const row = getRun(home, id);
  const measurements = contentOf(encodeMeasurements(home, id));
  const rows = { samples: listSamples(home, id), checkpoints: listCheckpoints(home, id) };
  const total = [...rows.samples, ...rows.checkpoints].reduce((sum, { bytes }) => sum + bytes, 0);
  const crcs = new Map([[measurementsFile, measurements.crc]]);
  const leftOut: string[] = [];
  let done = 0;

  /** Whether it goes in: the file is what was stored. */
  const isIntact = async (stored: { file: string; bytes: number; sha256: string }) => {
    const found = await lookAt(runFile(home.folder, id, stored.file), watch.signal);
    done += stored.bytes;
    watch.onProgress("checking", done, total);
    if (found?.sha256 !== stored.sha256) {
      leftOut.push(stored.file);
      return false;
    }
    crcs.set(stored.file, found.crc);
    return true;
  };

  const samples = await filtered(rows.samples, isIntact);
  const checkpoints: CheckpointRow[] = [];
  for (const checkpoint of rows.checkpoints.toReversed()) {
    if (last && checkpoints.length > 0) break;
    if (await isIntact(checkpoint)) checkpoints.unshift(checkpoint);
  }
  // Of steps that the row tells of: one that is just being stored may be further.
  const evaluations = listEvaluations(home, id).filter(({ step }) => step <= row.step);
  const manifest: Manifest = {
    ...{ format: bundleFormat, version: versionOf(evaluations), writtenBy: version },
    run: documentOf(row, getSpecification(home, id)),
    place: { step: row.step, epoch: row.epoch, seconds: row.seconds },
    measurements: { file: measurementsFile, ...measurements.facts, count: measurements.count },
    ...{ samples, checkpoints, evaluations, events: listEvents(home, id) },
  };
  const head = encodeManifest(manifest);
  const files = filesOf(manifest);
  const frame = zipFrame(
    [
      { name: manifestFile, bytes: head.length, crc: crc32(head) },
      ...files.map(({ file, bytes }) => ({ name: file, bytes, crc: crcs.get(file) ?? 0 })),
    ],
    new Date(row.updatedAt),
  );
  const contents: Segment[][] = [
    [head],
    measurements.pieces,
    ...files.slice(1).map(({ file, bytes }) => [{ path: runFile(home.folder, id, file), bytes }]),
  ];
  return {
    segments: [
      ...contents.flatMap((content, index) => [
        frame.heads[index] ?? new Uint8Array(0),
        ...content,
      ]),
      frame.tail,
    ],
    ...{ bytes: frame.bytes, checkpoints: checkpoints.length, samples: samples.length, leftOut },
  };
}

/** A run that is being trained is, elsewhere, one that was interrupted where it is stored to stand. */
function documentOf(row: RunRow, specification: unknown): Manifest["run"] {
  const isLive = ["starting", "running", "paused"].includes(row.status);
  const { id, name, code, dataset, engine, mode, tags, createdAt, updatedAt } = row;
  return {
    ...{ format: runDocumentFormat, version: runDocumentVersion, id, name },
    status: isLive ? "interrupted" : row.status,
    reason: isLive
      ? "It was still being trained when the bundle was made; resume it from its last checkpoint."
      : row.reason,
    ...{ code, dataset, engine, mode, createdAt, updatedAt },
    ...(tags.length > 0 && { tags }),
    specification: parseSpecification(specification),
  };
}

function contentOf(pieces: Uint8Array[]) {
  const hash = createHash("sha256");
  let [crc, bytes] = [0, 0];
  for (const piece of pieces) {
    hash.update(piece);
    crc = crc32(piece, crc);
    bytes += piece.length;
  }
  // The first piece is the header; each other one is a column of float64 values.
  const count = (pieces[1]?.length ?? 0) / 8;
  return { pieces, crc, count, facts: { bytes, sha256: hash.digest("hex") } };
}

/** Null where it cannot be read. */
async function lookAt(
  path: string,
  signal: AbortSignal,
): Promise<{ sha256: string; crc: number } | null> {
  const hash = createHash("sha256");
  let crc = 0;
  try {
    const pieces = createReadStream(path, { highWaterMark: 1 << 20, signal });
    for await (const piece of pieces as AsyncIterable<Uint8Array>) {
      hash.update(piece);
      crc = crc32(piece, crc);
    }
    return { sha256: hash.digest("hex"), crc };
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof Problem || !(thrown instanceof Error) || !("code" in thrown))
      throw thrown;
    return null;
  }
}

async function filtered<Item>(
  items: readonly Item[],
  isWanted: (item: Item) => Promise<boolean>,
): Promise<Item[]> {
  const wanted: Item[] = [];
  for (const item of items) if (await isWanted(item)) wanted.push(item);
  return wanted;
}
