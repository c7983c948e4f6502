/** What the Doctor says, as text. */
import type { Finding, Remedy } from "../spec/doctor/finding.ts";
import { count, plural } from "./format.ts";

const since = (step: number): string => `since step ${count(step)}`;

/** A line a finding, below a run's page; empty where there is nothing to say. `command` tells more. */
export function findingsSummary(findings: readonly Finding[], command: string): string {
  if (findings.length === 0) return "";
  const lines = findings.map(
    ({ severity, name, numbers, since: step }) =>
      `${severity}: ${name} (${since(step)}). ${numbers}`,
  );
  return `\nThe Doctor says\n${lines.map((line) => `${line}\n`).join("")}Why, and what to try: ${command}\n`;
}

/** What was looked at: steps that were measured, and how many lie between the first and the last. */
export interface Looked {
  measured: number;
  span: number;
}

export const lookedAt = (steps: readonly number[]): Looked => ({
  measured: steps.length,
  span: steps.length === 0 ? 0 : (steps.at(-1) ?? 0) - (steps[0] ?? 0) + 1,
});

/** The first rules judge after so many steps, a median over 50 that lasts for another 50; the last ones later. */
const [firstRules, lastRules] = [100, 500];

/** Whether any rule can have judged. */
export const isJudged = ({ span }: Looked): boolean => span >= firstRules;

/** Every remedy of all findings, in the order in which they are numbered. */
export const remediesIn = (findings: readonly Finding[]): { finding: Finding; remedy: Remedy }[] =>
  findings.flatMap((finding) => finding.remedies.map((remedy) => ({ finding, remedy })));

/** Everything, for a page of its own. `command` is the one that asked. */
export function findingsText(
  findings: readonly Finding[],
  looked: Looked,
  command: string,
): string {
  if (findings.length === 0) return nothingFound(looked);
  let number = 0;
  const pages = findings.map((finding) => {
    const page = findingText(finding, number);
    number += finding.remedies.length;
    return page;
  });
  const attempt = number === 0 ? "" : `\nTo start the first of them: ${command} --try 1\n`;
  return `${pages.join("\n")}${attempt}`;
}

function nothingFound(looked: Looked): string {
  const { measured, span } = looked;
  if (measured === 0) return "Nothing was measured of this run, so nothing can be said about it.\n";
  const seen = `${plural(measured, "measured step")} over ${plural(span, "step")}`;
  if (!isJudged(looked)) {
    return `${seen}: too few to judge. The first rules need ${firstRules} steps, all of them ${lastRules}.\n`;
  }
  const later = span < lastRules ? ` Some rules judge only after ${lastRules} steps.` : "";
  return `Nothing conspicuous was measured (${seen}).${later} That says nothing about how good the images are: see «evaluate».\n`;
}

function findingText(finding: Finding, numberedBefore: number): string {
  const { severity, name, since: step, numbers, why, remedies } = finding;
  const forks = remedies.map(
    ({ title, by }, index) =>
      `  ${(numberedBefore + index + 1).toString()}. ${title}${by === "start" ? " (needs a new run: other weights)" : ""}\n`,
  );
  const cure = forks.length === 0 ? "" : `What to try, in this order:\n${forks.join("")}`;
  return `${name} (${severity}, ${since(step)})\n${numbers}\n${why}\n${cure}`;
}
