/**
 * The table of figures at one place of several runs. Losses and scores are means over the last
 * measurements before it, because a single batch's figure says little about a run.
 */
import { inferSpecification } from "../../spec/specification.ts";
import type { Measure, Measurements } from "../runs.ts";
import type { ComparedRun } from "./comparison.ts";
import { positionOf, stepAt, type Axis } from "./position.ts";
import { qualityRows } from "./quality.ts";

export interface FigureRow {
  label: string;
  /** One a run; null where it has none. May be NaN or infinite. */
  values: (number | null)[];
  /** The same as people read them. */
  texts: string[];
}

/** Measurements that a mean is taken over. */
export const meanOver = 20;

const measureRows: [Measure, string][] = [
  ["lossGenerator", "Generator loss"],
  ["lossDiscriminator", "Discriminator loss"],
  ["scoreReal", "D(x), real"],
  ["scoreGenerated", "D(G(z)), generated"],
  ["gradientNormGenerator", "Generator gradient"],
  ["gradientNormDiscriminator", "Discriminator gradient"],
];

/** The step that the figures of a run are of: at `position`, or its last one where it ended before. */
function figuresStep(axis: Axis, run: ComparedRun, position: number): number | null {
  const step = stepAt(axis, run.scale, position);
  return step === null ? null : Math.min(step, run.detail.run.step);
}

/** All rows at one place of the common axis. */
export function figureRows(
  runs: readonly ComparedRun[],
  axis: Axis,
  position: number,
): FigureRow[] {
  const steps = runs.map((run) => figuresStep(axis, run, position));
  const row = (
    label: string,
    valueOf: (run: ComparedRun, step: number) => number | null,
    text: (value: number) => string,
  ): FigureRow => {
    const values = runs.map((run, place) => {
      const step = steps[place];
      return step === null || step === undefined ? null : valueOf(run, step);
    });
    return { label, values, texts: values.map((value) => (value === null ? "–" : text(value))) };
  };
  const inferred = runs.map(({ detail }) => inferSpecification(detail.specification));
  const parameters = (network: "generator" | "discriminator") => (run: ComparedRun) =>
    inferred[runs.indexOf(run)]?.[network].parameters ?? null;
  return [
    row("Epoch", ({ scale }, step) => positionOf("epoch", scale, step), fractionText),
    row("Step", (_, step) => step, countText),
    row("Images seen", ({ scale }, step) => step * scale.imagesPerStep, countText),
    row(
      "Steps of the means",
      ({ measurements }, step) => stepsOfMeans(measurements, step),
      countText,
    ),
    ...measureRows.map(([measure, label]) =>
      row(label, ({ measurements }, step) => meanBefore(measurements, measure, step), figureText),
    ),
    row(
      "Milliseconds a step",
      ({ detail: { run } }) => (run.step === 0 ? null : (run.seconds * 1000) / run.step),
      fractionText,
    ),
    ...qualityRows(runs, steps).map(({ kind, label, values, reasons }) => ({
      ...{ label, values },
      texts: values.map((value, place) => {
        if (value === null) return reasons[place] ?? "–";
        return kind === "step" ? countText(value) : figureText(value);
      }),
    })),
    row("Generator parameters", parameters("generator"), countText),
    row("Discriminator parameters", parameters("discriminator"), countText),
  ];
}

/** Where the window of measurements before `step` begins and ends, among all of them. */
function windowBefore(steps: readonly number[], step: number): [start: number, end: number] {
  const after = steps.findIndex((measured) => measured > step);
  const end = after === -1 ? steps.length : after;
  return [Math.max(0, end - meanOver), end];
}

/** Steps from the first to the last that a mean is taken over: runs are not measured equally often. */
function stepsOfMeans({ steps }: Measurements, step: number): number | null {
  const within = steps.slice(...windowBefore(steps, step));
  const [first, last] = [within.at(0), within.at(-1)];
  return first === undefined || last === undefined ? null : last - first + 1;
}

/**
 * Mean of the last `meanOver` measurements at or before `step`; null when there are none. NaN or
 * infinite when the last of them is: a run that has diverged must not look well on average.
 */
export function meanBefore(
  { steps, values }: Measurements,
  measure: Measure,
  step: number,
): number | null {
  const last = values[measure].slice(...windowBefore(steps, step));
  const newest = last.at(-1);
  if (newest === undefined) return null;
  if (!Number.isFinite(newest)) return newest;
  const finite = last.filter((value) => Number.isFinite(value));
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

const countText = (value: number): string => Math.round(value).toLocaleString("en");
const fractionText = (value: number): string =>
  value.toLocaleString("en", { maximumFractionDigits: 2 });

/** Three decimals, by exponent where these would hide it. */
export function figureText(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text =
    size !== 0 && (size < 0.001 || size >= 10_000) ? value.toExponential(2) : value.toFixed(3);
  return text.replace("-", "−");
}
