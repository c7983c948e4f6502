/**
 * One measure of several runs as an inline SVG drawing, for a file that must show it anywhere. The
 * page itself draws with a canvas. Leaves out interaction; a gap stands where a value is no number.
 */
import type { Measure } from "../runs.ts";
import type { ComparedRun } from "./comparison.ts";
import { courseOf, type CoursePoint } from "./course.ts";
import { figureText } from "./figures.ts";
import { html, type Markup } from "./markup.ts";
import type { Axis } from "./position.ts";

const width = 640;
const height = 200;
const left = 56;
const bottom = 24;

/** `smoothing` as in `courseOf`. */
export function curvesOf(
  runs: readonly ComparedRun[],
  measure: Measure,
  axis: Axis,
  smoothing: number,
): Markup {
  const curves = runs.map((run) => courseOf(run, measure, axis, smoothing));
  const finite = curves.flat().filter(({ y }) => Number.isFinite(y));
  if (finite.length === 0) return html`<p class="quiet">Nothing was measured.</p>`;
  const span = (values: number[]): [number, number] => [least(values), most(values)];
  const [low, high] = padded(span(finite.map(({ y }) => y)));
  const end = Math.max(1, most(finite.map(({ x }) => x)));
  const xOf = (x: number) => left + (x / end) * (width - left - 8);
  const yOf = (y: number) => 8 + (1 - (y - low) / (high - low)) * (height - bottom - 8);
  const levels = [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((share) => share * end);
  return html`<svg viewBox="0 0 ${width} ${height}" role="img">
    ${levels.map(
      (level) =>
        html`<line
            x1="${left}"
            x2="${width - 8}"
            y1="${rounded(yOf(level))}"
            y2="${rounded(yOf(level))}"
          /><text x="${left - 8}" y="${rounded(yOf(level) + 4)}" text-anchor="end"
            >${figureText(level)}</text
          >`,
    )}
    ${ticks.map(
      (tick) =>
        html`<text x="${rounded(xOf(tick))}" y="${height - 4}" text-anchor="middle"
          >${tick.toLocaleString("en", { notation: "compact", maximumFractionDigits: 1 })}</text
        >`,
    )}
    ${curves.map(
      (points, place) => html`<path class="run${place + 1}" d="${pathOf(points, xOf, yOf)}" />`,
    )}
  </svg>`;
}

/** A line is lifted where a value is no number. */
function pathOf(
  points: readonly CoursePoint[],
  xOf: (x: number) => number,
  yOf: (y: number) => number,
): string {
  let drawing = false;
  return points
    .map(({ x, y }) => {
      const isNumber = Number.isFinite(y);
      const command = isNumber ? `${drawing ? "L" : "M"}${rounded(xOf(x))} ${rounded(yOf(y))}` : "";
      drawing = isNumber;
      return command;
    })
    .join("");
}

const rounded = (pixels: number): string => pixels.toFixed(1);
// Not by spreading into Math.min: runs have thousands of points each.
const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b), Infinity);
const most = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), -Infinity);
const padded = ([low, high]: [number, number]): [number, number] =>
  low === high ? [low - 1, high + 1] : [low, high];
