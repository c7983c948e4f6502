/** The refusal of a layer that a format cannot hold. */
import { layerNames } from "../spec/layer-names.ts";
import { Problem } from "../spec/problem.ts";
import type { Operation } from "./operation.ts";
import type { ExportModel } from "./model.ts";

/** `export.unsupported`, naming the layer's place and kind, why, and the formats that can. */
export function unsupported(
  { player, specification }: Pick<ExportModel, "player" | "specification">,
  { layer }: Operation,
  format: string,
  { why, instead }: { why: string; instead: string },
): Problem {
  const kind = specification[player].layers[layer ?? 0]?.kind;
  const place = `${player} layer ${((layer ?? 0) + 1).toString()}`;
  return new Problem(
    "export.unsupported",
    `${place} (${kind ? layerNames[kind] : "unknown"}) cannot be exported as ${format}: ${why}. ${instead}`,
  );
}
