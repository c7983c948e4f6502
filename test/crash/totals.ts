/** What the crash harness counts, and how it says it: a table for people, a line of JSON for programs. */
import type { Findings } from "./invariants.ts";

export interface Totals {
  killsOfTraining: number;
  killsOfMain: number;
  failpoints: number;
  /** Failpoints at which nothing died, because nothing came by. */
  notReached: number;
  epochsAcknowledged: number;
  lost: number;
  tornFiles: number;
  integrityFailures: number;
  wrongStatus: number;
  temporaryFiles: number;
  orphans: number;
  /** Runs that were killed again and again, finished, and were held against one that was not. */
  runsCompared: number;
  resumesThatDiffer: number;
  /** Refusals, hangs and ends that none of the above counts. */
  otherFailures: number;
}

export const noTotals = (): Totals => ({
  ...{
    killsOfTraining: 0,
    killsOfMain: 0,
    failpoints: 0,
    notReached: 0,
    epochsAcknowledged: 0,
    lost: 0,
  },
  ...{ tornFiles: 0, integrityFailures: 0, wrongStatus: 0, temporaryFiles: 0, orphans: 0 },
  ...{ runsCompared: 0, resumesThatDiffer: 0, otherFailures: 0 },
});

const counted = {
  lost: "lost",
  torn: "tornFiles",
  integrity: "integrityFailures",
  status: "wrongStatus",
  temporary: "temporaryFiles",
} as const satisfies Record<keyof Findings, keyof Totals>;

/** Adds what was found, and tells each finding. */
export function addFindings(
  totals: Totals,
  findings: Findings,
  where: string,
  tell: (line: string) => void,
): void {
  for (const [name, total] of Object.entries(counted) as [keyof Findings, keyof Totals][]) {
    totals[total] += findings[name].length;
    for (const finding of findings[name]) tell(`FOUND ${name}, ${where}: ${finding}`);
  }
}

export const failuresOf = (totals: Totals): number =>
  totals.lost +
  totals.tornFiles +
  totals.integrityFailures +
  totals.wrongStatus +
  totals.temporaryFiles +
  totals.orphans +
  totals.resumesThatDiffer +
  totals.notReached +
  totals.otherFailures;

const words: Record<keyof Totals, string> = {
  killsOfTraining: "kills of the training process",
  killsOfMain: "kills of the main process",
  failpoints: "crashes at failpoints",
  notReached: "failpoints not reached",
  epochsAcknowledged: "epochs acknowledged",
  lost: "  of these lost",
  tornFiles: "torn files",
  integrityFailures: "integrity failures",
  wrongStatus: "runs of a wrong status",
  temporaryFiles: "temporary files left",
  orphans: "orphans after ten seconds",
  runsCompared: "finished runs compared",
  resumesThatDiffer: "  of these that differ",
  otherFailures: "other failures",
};

export const tableOf = (totals: Totals): string =>
  (Object.keys(words) as (keyof Totals)[])
    .map((name) => `${words[name].padEnd(34)}${totals[name].toString().padStart(8)}`)
    .join("\n");
