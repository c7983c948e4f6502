/** The file of features that a new run asks to be evaluated by. */
import { requireFeatureFile } from "../../exporting/features/files.ts";
import type { Specification } from "../../spec/specification.ts";
import { typedPath } from "../typed-path.ts";

/**
 * Said before the run begins, not after its first epoch. Whether the network fits the images is told by
 * the evaluation that runs it. Throws `export.unreadable`.
 */
export async function requireFeatures({ outputs: { features } }: Specification): Promise<void> {
  if (features !== null) await requireFeatureFile(typedPath(features));
}
