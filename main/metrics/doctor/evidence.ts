/** The course behind a finding, short enough for a small chart. */
import type { Evidence } from "../../spec/doctor/finding.ts";
import type { Course } from "./case.ts";

/** Points of a small chart. */
const most = 120;

export function evidence(
  label: string,
  { steps, values }: Course,
  threshold: number,
  beyond: Evidence["beyond"],
): Evidence {
  const last = steps.length - 1;
  const shown =
    steps.length <= most
      ? steps.map((_, index) => index)
      : Array.from({ length: most }, (_, index) => Math.round((index * last) / (most - 1)));
  return {
    label,
    steps: shown.map((index) => steps[index] as number),
    values: shown.map((index) => values[index] as number),
    ...{ threshold, beyond },
  };
}

/** Three digits, as sentences show numbers. */
export const said = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.001
    ? value.toExponential(1).replace("e-", "e−")
    : Number(value.toPrecision(3)).toLocaleString("en", { maximumSignificantDigits: 3 });

export const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

export const atStep = (step: number): string => step.toLocaleString("en");
