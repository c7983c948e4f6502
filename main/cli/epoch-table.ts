/** The epochs of a run as rows: the means of what was measured in each. */
import type { EpochMeans } from "./epoch-means.ts";
import { count, figure, plural } from "./format.ts";
import { table } from "./table.ts";

/** Epochs that are listed; of longer runs the last ones. */
const listed = 30;

/** Empty for a run that closed no epoch, or measured nothing. */
export function epochTable(epochs: readonly EpochMeans[]): string {
  if (epochs.every(({ measured }) => measured === 0)) return "";
  const shown = epochs.slice(-listed);
  const before = epochs.length - shown.length;
  const rows = shown.map(({ epoch, step, measured, means }) => {
    const told = (value: number) => (measured === 0 ? "–" : figure(value));
    return [
      ...[count(epoch), count(step), told(means.lossDiscriminator), told(means.lossGenerator)],
      ...[told(means.scoreReal), told(means.scoreGenerated), count(measured)],
    ];
  });
  const titles = ["EPOCH", "STEP", "D LOSS", "G LOSS", "D(REAL)", "D(GENERATED)", "MEASURED"];
  const note = before > 0 ? `(${plural(before, "earlier epoch")} not shown)\n` : "";
  const columns = titles.map((title) => ({ title, numeric: true }));
  return `\nMeans of each epoch, over its measured steps\n${note}${table(columns, rows)}`;
}
