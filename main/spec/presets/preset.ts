/** What a preset tells about itself beside its specification. */
import type { Specification } from "../specification.ts";

export interface Preset {
  id: string;
  title: string;
  /** Two sentences for someone who chooses. */
  summary: string;
  /** Paper or program that the numbers come from. */
  source: string;
  specification: Specification;
}
