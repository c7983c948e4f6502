/** All targets. A new one is a file and a line here. */
import type { TargetKind } from "./target.ts";
import { bundles } from "./targets-bundles.ts";
import { idx } from "./targets-idx.ts";
import { payloads } from "./targets-payloads.ts";
import { safetensors } from "./targets-safetensors.ts";
import { specification } from "./targets-specification.ts";

export const targets: readonly TargetKind[] = [safetensors, idx, specification, payloads, bundles];
