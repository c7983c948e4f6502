/**
 * A download's unfinished file: what has arrived, and beside it a note that says from where, so that
 * only the rest of the very same file is asked for (RFC 9110, range requests with If-Range). A note
 * that is missing or damaged costs a start from the beginning, nothing else.
 */
import { readFile, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import * as v from "valibot";
import { durableWrite } from "../../files/durable-write.ts";
import { fileProblem } from "../../files/file-problem.ts";

const noteSchema = v.object({
  url: v.string(),
  /** Names this version of the file for `If-Range`; null when the server gave no such name. */
  validator: v.nullable(v.string()),
  /** Length of the whole file; null when the server did not tell. */
  total: v.nullable(v.number()),
});

export type PartNote = v.InferOutput<typeof noteSchema>;

/** Hidden, so that a look into the folder never takes it for a data set's file. */
export const partPath = (path: string): string => join(dirname(path), `.${basename(path)}.part`);

const notePath = (part: string): string => `${part}.json`;

/** Bytes that can be kept for a download from `url`, and their note; 0 and null when there are none. */
export async function readPart(
  part: string,
  url: string,
): Promise<{ have: number; note: PartNote | null }> {
  const nothing = { have: 0, note: null };
  try {
    const note = v.parse(noteSchema, JSON.parse(await readFile(notePath(part), "utf8")));
    const { size } = await stat(part);
    // Without a version or a length nothing would show that another file is being continued.
    const isSure = note.validator !== null || note.total !== null;
    if (note.url !== url || !isSure || (note.total !== null && size > note.total)) return nothing;
    return size > 0 ? { have: size, note } : nothing;
  } catch {
    return nothing;
  }
}

/** To be written before the part's first byte. Throws `disk.full` or `file.unwritable`. */
export async function writeNote(part: string, note: PartNote): Promise<void> {
  // The note of an older part must not stand beside a newer one.
  await removePart(part);
  await durableWrite(notePath(part), Buffer.from(JSON.stringify(note)));
}

export async function removePart(part: string): Promise<void> {
  for (const path of [part, notePath(part)]) {
    await rm(path, { force: true }).catch((thrown: unknown) => {
      throw fileProblem(thrown, path);
    });
  }
}
