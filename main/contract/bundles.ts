/** A run in one file: what is asked about bundles, and what is answered. */
import * as v from "valibot";
import { dataSourceSchema } from "../spec/data.ts";
import type { RunSummary } from "./runs.ts";
import { id, path, whole } from "./values.ts";

/** `last`: only the newest checkpoint goes in, from which the run can go on. */
const content = { id, last: v.optional(v.boolean()) };

/** `path` is where the bundle goes; one that is there is replaced only with `overwrite`. */
export const bundlePayload = v.strictObject({
  ...content,
  path,
  overwrite: v.optional(v.boolean()),
});
export const openBundlePayload = v.strictObject(content);
const ticket = v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/, "is not a ticket"));
export const readBundlePayload = v.strictObject({
  ticket,
  at: whole(0, Number.MAX_SAFE_INTEGER),
});
export const closeBundlePayload = v.strictObject({ ticket });
/** `data` takes the place of the data set that the run was trained on elsewhere. */
export const importPayload = v.strictObject({ path, data: v.optional(dataSourceSchema) });
/** The path of what is being written or imported. */
export const cancelBundlePayload = v.strictObject({ path });

/** What went into a bundle. */
interface BundleContent {
  bytes: number;
  checkpoints: number;
  samples: number;
  /** Files of the run that are damaged or missing, and so were left out. */
  leftOut: string[];
}

export interface WrittenBundle extends BundleContent {
  path: string;
  sha256: string;
}

/** A bundle that can be fetched in parts. */
export interface OpenedBundle extends BundleContent {
  ticket: string;
  /** A name for the file. */
  name: string;
}

/** Whether the run's images could be drawn again from its checkpoint. */
export interface BundleProof {
  /** The step whose images were drawn again; null where the bundle has none to compare. */
  step: number | null;
  /** Largest difference of any value from the stored image, in grey levels of 255; 0: identical. */
  difference: number | null;
}

export interface ImportedRun extends BundleProof {
  run: RunSummary;
  /** `known`: the same run is here already, nothing was changed. `updated`: but for its data set. */
  outcome: "imported" | "known" | "updated";
  /** Its id in the bundle, where another run here has that one. */
  formerId: string | null;
  /** Null when it can be trained on here; else what to do, as a sentence. */
  advice: string | null;
}

/** How far a bundle is that is written or imported. */
export interface BundleProgress {
  path: string;
  /** Files held against their checksums; written; unpacked; compared. In bytes. */
  stage: "checking" | "writing" | "unpacking" | "comparing";
  done: number;
  total: number;
}
