/** Puts a run that was read from its folder into a database that does not know it. */
import { Problem } from "../spec/problem.ts";
import { isThere, type DescribedRun } from "./read-run-folder.ts";
import { deleteCheckpointsAfter, insertCheckpoint } from "./checkpoints.ts";
import { storing, type Connection, type Home } from "./connection.ts";
import { insertEvent } from "./events.ts";
import { deleteMeasurementsAfter, insertMeasuredBytes, lastMeasurement } from "./measurements.ts";
import type { RunRecord } from "./run-document.ts";
import { moveRun } from "./run-place.ts";
import { insertRunRow } from "./runs.ts";
import { deleteSamplesAfter, insertSample } from "./samples.ts";
import { insertSideRows } from "./side-tables.ts";
import { replaceTags } from "./tags.ts";

/** `deletedAt`: null for a run of the history. All at once. */
export function replayRun(
  home: Home,
  folder: string,
  { document, specification, records }: DescribedRun,
  deletedAt: number | null,
): void {
  const { id } = document;
  storing(home, (database) => {
    if (!insertRunRow(database, { ...document, specification }))
      throw new Problem("home.damaged", "there is another folder of this run.");
    let place = { step: 0, epoch: 0, seconds: 0 };
    for (const record of records) {
      replay(database, id, folder, record);
      if (record.kind === "progress") place = record;
      if (record.kind === "rewind") place = { ...record, seconds: place.seconds };
    }
    const last = lastMeasurement(database, id);
    const losses = last && { generator: last.lossGenerator, discriminator: last.lossDiscriminator };
    const { step, epoch, seconds } = place;
    const moved = records.reduce(
      (last, record) => Math.max(last, "at" in record ? record.at : 0),
      0,
    );
    const updatedAt = Math.max(document.updatedAt, moved);
    moveRun(database, id, { step, epoch, seconds, losses }, updatedAt);
    insertSideRows(database, id, document.tables ?? {});
    replaceTags(database, id, document.tags ?? []);
    if (deletedAt !== null) database.prepare("INSERT INTO bin VALUES (?, ?)").run(id, deletedAt);
  });
}

function replay(database: Connection, id: string, folder: string, record: RunRecord): void {
  switch (record.kind) {
    case "progress": {
      const { steps, values } = record.measured;
      for (const [index, step] of steps.entries())
        insertMeasuredBytes(database, id, step, Buffer.from(values[index] ?? "", "base64"));
      for (const sample of record.samples)
        if (isThere(folder, sample)) insertSample(database, id, sample);
      for (const checkpoint of record.checkpoints)
        if (isThere(folder, checkpoint)) insertCheckpoint(database, id, checkpoint);
      for (const event of record.events) insertEvent(database, id, event);
      return;
    }
    case "event":
      insertEvent(database, id, record.event);
      return;
    case "rewind":
      deleteMeasurementsAfter(database, id, record.step);
      deleteSamplesAfter(database, id, record.step);
      deleteCheckpointsAfter(database, id, record.step);
      return;
  }
}
