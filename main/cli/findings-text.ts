/** What the Doctor says, as text. */
import type { Finding } from "../spec/doctor/finding.ts";
import { count } from "./format.ts";

const since = (step: number): string => `since step ${count(step)}`;

/** A line a finding, below a run's page; empty where there is nothing to say. */
export function findingsSummary(findings: readonly Finding[]): string {
  if (findings.length === 0) return "";
  const lines = findings.map(
    ({ severity, name, numbers, since: step }) =>
      `${severity}: ${name} (${since(step)}). ${numbers}`,
  );
  return `\nThe Doctor says\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** Everything, for a page of its own. */
export function findingsText(findings: readonly Finding[]): string {
  if (findings.length === 0)
    return "Nothing conspicuous was measured. That says nothing about how good the images are: see «evaluate».\n";
  return findings.map(findingText).join("\n");
}

function findingText({ severity, name, since: step, numbers, why, remedies }: Finding): string {
  const forks = remedies.map(
    ({ title, by }, index) =>
      `  ${(index + 1).toString()}. ${title}${by === "start" ? " (needs a new run: other weights)" : ""}\n`,
  );
  const cure = forks.length === 0 ? "" : `What to try, in this order:\n${forks.join("")}`;
  return `${name} (${severity}, ${since(step)})\n${numbers}\n${why}\n${cure}`;
}
