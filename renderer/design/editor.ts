/** What a field needs of the draft: where to write, and which fields hold what they must not. */
import type { Path } from "./document.ts";

export interface Editor {
  /** Dot paths. */
  readonly faults: readonly string[];
  edit(path: Path, value: unknown): void;
}
