/** The comparison that is on the screen as one HTML file. */
import type { Client } from "../../main/contract/client.ts";
import type { Comparison } from "../../main/contract/compare/comparison.ts";
import { fetchGrids, placesToExport } from "../../main/contract/compare/grids.ts";
import { comparisonPage } from "../../main/contract/compare/page.ts";
import type { Axis } from "../../main/contract/compare/position.ts";

/** Resolves with the file's name and text. `now`: milliseconds since 1970. */
export async function comparisonFile(
  client: Client,
  { comparison, axis, position }: { comparison: Comparison; axis: Axis; position: number },
  now: number,
): Promise<{ name: string; text: string }> {
  const positions = placesToExport(axis, comparison.runs);
  const grids = await fetchGrids(client, comparison.runs, axis, positions);
  const writtenAt = new Date(now).toLocaleString("en-GB", {
    dateStyle: "medium",
    timeStyle: "short",
  });
  const content = { comparison, axis, position, positions, grids, writtenAt };
  const day = new Date(now).toISOString().slice(0, 10);
  return { name: `comparison-${day}.html`, text: comparisonPage(content) };
}
