/** Commands about runs in one file. */
import { answers } from "../command.ts";
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
} from "../bundles.ts";

export const bundleCommands = {
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
};
