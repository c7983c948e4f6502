/** Commands about networks in other formats. */
import { answers } from "../command.ts";
import {
  archivePayload,
  cancelImportPayload,
  exportPayload,
  importModelPayload,
  type ArchivedExport,
  type WrittenExport,
} from "../exports.ts";
import type { RunSummary } from "../runs.ts";
import { ofRun } from "../values.ts";

export const exportCommands = {
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
  /** Calls that off; nothing is left of it. */
  "exports.cancelImport": answers<{ cancelled: boolean }>()(cancelImportPayload),
};
