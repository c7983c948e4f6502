/** Where an export goes: a folder that appears whole, or one file with its card beside it. */
import { existsSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { exportKinds, type ExportFormatId } from "../../contract/exports.ts";
import { cardName } from "../../exporting/card.ts";
import type { ExportedFile } from "../../exporting/format.ts";
import { requireFree, writeFolder, type MayReplace } from "../../files/durable-export.ts";
import { createFolder } from "../../files/durable-folder.ts";
import { durableWrite } from "../../files/durable-write.ts";
import { Problem } from "../../spec/problem.ts";
import type { Exported } from "../../training/export-messages.ts";

/** The ending of the one file that the path names, or null for a folder. */
function fileEnding(path: string, formats: readonly ExportFormatId[]): string | null {
  const [only, ...others] = formats;
  const ending = extname(path).toLowerCase();
  const isOne = only !== undefined && others.length === 0 && exportKinds[only].extension === ending;
  return isOne ? ending : null;
}

const endings = Object.values(exportKinds).flatMap(({ extension }) => extension ?? []);

/** A folder may have a dot in its name, but not the ending of a file that it would be taken for. */
function requireFitting(path: string, formats: readonly ExportFormatId[]): void {
  const ending = extname(path).toLowerCase();
  if (!endings.includes(ending) || fileEnding(path, formats) !== null) return;
  const [only, ...others] = formats;
  const own = only === undefined ? null : exportKinds[only].extension;
  const why = others.length > 0 ? `there are ${formats.length} formats` : `${only} is no such file`;
  const file = own === null || others.length > 0 ? "" : `, or a file that ends in ${own}`;
  throw new Problem("usage", `${path} names one ${ending} file, but ${why}; name a folder${file}.`);
}

/** An earlier export is known by its card; whatever else is in a folder is never removed. */
const onlyExports =
  (path: string, overwrite: boolean): MayReplace =>
  (names) => {
    if (!overwrite || names.includes(cardName)) return overwrite;
    throw new Problem(
      "file.exists",
      `${path} is not replaced: it holds other things than an earlier export. Choose another name.`,
    );
  };

/** Before the work begins. Throws `usage` and `file.exists` for what will be refused at its end. */
export async function requireTarget(
  path: string,
  formats: readonly ExportFormatId[],
  overwrite: boolean,
): Promise<void> {
  requireFitting(path, formats);
  if (fileEnding(path, formats) === null) {
    await requireFree(path, onlyExports(path, overwrite));
  } else if (!overwrite && existsSync(path)) {
    throw new Problem(
      "file.exists",
      `${path} exists already; choose another name or remove it first.`,
    );
  }
}

/**
 * Durable when it resolves, with the absolute paths. A folder is replaced only where it is an earlier
 * export, known by its card. Throws `file.exists`, `disk.full`, `file.unwritable`; nothing is left then.
 */
export async function saveExport(
  path: string,
  { formats, files }: Exported,
  overwrite: boolean,
): Promise<string[]> {
  const ending = fileEnding(
    path,
    formats.map(({ format }) => format),
  );
  if (ending !== null) return saveFile(path, ending, files, overwrite);
  await writeFolder(path, files, onlyExports(path, overwrite));
  return files.map((file) => join(path, ...file.path.split("/")));
}

async function saveFile(
  path: string,
  ending: string,
  files: readonly ExportedFile[],
  overwrite: boolean,
): Promise<string[]> {
  const card = files.find((file) => file.path === cardName);
  const [only, ...others] = files.filter((file) => file !== card);
  if (!only || !card || others.length > 0) {
    throw new Problem(
      "usage",
      `${path} names one file, and this export has several; name a folder.`,
    );
  }
  createFolder(dirname(path));
  const beside = join(dirname(path), `${basename(path).slice(0, -ending.length)}-${cardName}`);
  await durableWrite(path, only.content, { overwrite });
  // An older card beside it tells of what was replaced; without --force there was no file, so none of ours.
  await durableWrite(beside, renamed(card.content, only.path, basename(path)), { overwrite: true });
  return [path, beside];
}

/** The card names the file as it was saved. */
const renamed = (card: Uint8Array, from: string, to: string): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(card).replaceAll(from, to));
