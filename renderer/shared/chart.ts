/**
 * Curves over steps, drawn by chart.js. What chart.js would do per frame is done before (thinning,
 * gaps), animation is off: a chart that moves by itself cannot be read while it grows.
 */
import {
  Chart,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
  type Plugin,
} from "chart.js";
import { downsample, type Point } from "./downsample.ts";

Chart.register(LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

export interface Curve {
  id: string;
  label: string;
  /** A colour's CSS variable, such as `--generator`. */
  color: string;
  points: readonly Point[];
  /** A horizontal line to compare with; null for none. */
  reference?: number | null;
  /** Drawn faintly behind the curve: the same values before smoothing. */
  raw?: readonly Point[] | null;
}

export interface View {
  curves: readonly Curve[];
  logarithmic: boolean;
  /** Both ends of the y axis, or null to fit the curves. */
  range: readonly [number, number] | null;
  theme: "light" | "dark";
}

/** Points that a curve keeps; a chart is about this many device pixels wide. */
const pointLimit = 1000;

export function createChart(
  canvas: HTMLCanvasElement,
  onMarker: (step: number | null) => void,
): Chart<"line"> {
  return new Chart(canvas, {
    type: "line",
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      events: ["mousemove", "mouseout"],
      onHover: ({ x }, _elements, chart) => {
        onMarker(x === null ? null : (chart.scales.x?.getValueForPixel(x) ?? null));
      },
      elements: { point: { radius: 0, hoverRadius: 0 }, line: { borderWidth: 1.5, tension: 0 } },
      layout: { padding: { top: 4, right: 4 } },
    },
    plugins: [markerLine],
  });
}

export function updateChart(chart: Chart<"line">, view: View): void {
  const color = colorsAt(chart.canvas);
  const end = lastStep(view.curves);
  chart.data.datasets = view.curves.flatMap((curve) => datasetsOf(curve, view, end, color));
  chart.options.scales = scalesOf(view, end, color);
  chart.update("none");
}

/** Draws a vertical line at a step; null takes it away. */
export function markStep(chart: Chart<"line">, step: number | null): void {
  chart.canvas.dataset.marker = step === null ? "" : step.toString();
  chart.draw();
}

function datasetsOf(curve: Curve, view: View, end: number, color: (name: string) => string) {
  const line = (points: readonly Point[], rest: Partial<ChartDataset<"line", Point[]>>) => ({
    label: curve.label,
    data: downsample(view.logarithmic ? points.map(positive) : points, pointLimit),
    borderColor: color(curve.color),
    pointBackgroundColor: color(curve.color),
    // A single point makes no line.
    pointRadius: points.length === 1 ? 2 : 0,
    ...rest,
  });
  const reference = curve.reference ?? null;
  const level = reference === null ? [] : [0, end].map((x) => ({ x, y: reference }));
  return [
    line(level, { borderWidth: 1, borderDash: [4, 5], order: 2 }),
    line(curve.raw ?? [], { borderWidth: 1, borderColor: withAlpha(color(curve.color)), order: 1 }),
    line(curve.points, { order: 0 }),
  ].filter(({ data }) => data.length > 0);
}

const positive = ({ x, y }: Point): Point => ({ x, y: y > 0 ? y : Number.NaN });

const lastStep = (curves: readonly Curve[]): number =>
  Math.max(10, ...curves.map(({ points }) => points.at(-1)?.x ?? 0));

function scalesOf(view: View, end: number, color: (name: string) => string) {
  const ticks = { color: color("--faint"), font: { size: 12 }, padding: 8 };
  const grid = { color: color("--line"), drawTicks: false };
  const short = (value: number | string) =>
    Number(value).toLocaleString("en", { notation: "compact", maximumFractionDigits: 2 });
  return {
    x: {
      type: "linear" as const,
      min: 0,
      max: end,
      border: { display: false },
      grid: { display: false },
      ticks: {
        ...ticks,
        callback: short,
        maxTicksLimit: 6,
        maxRotation: 0,
        align: "inner" as const,
        includeBounds: false,
      },
    },
    y: {
      type: view.logarithmic ? ("logarithmic" as const) : ("linear" as const),
      ...(view.range && { min: view.range[0], max: view.range[1] }),
      border: { display: false },
      grid,
      ticks: { ...ticks, callback: short, maxTicksLimit: 5 },
      // A width of its own, so that the chart does not move when labels get longer.
      afterFit: (axis: { width: number }) => {
        axis.width = 44;
      },
    },
  };
}

const markerLine: Plugin<"line"> = {
  id: "marker",
  afterDatasetsDraw(chart) {
    const step = Number.parseFloat(chart.canvas.dataset.marker ?? "");
    const x = chart.scales.x?.getPixelForValue(step);
    if (x === undefined || Number.isNaN(step)) return;
    const { top, bottom } = chart.chartArea;
    chart.ctx.save();
    chart.ctx.strokeStyle = colorsAt(chart.canvas)("--edge");
    chart.ctx.beginPath();
    chart.ctx.moveTo(x, top);
    chart.ctx.lineTo(x, bottom);
    chart.ctx.stroke();
    chart.ctx.restore();
  },
};

/** A canvas needs plain colours: the theme's variables are resolved through a real element. */
function colorsAt(canvas: HTMLCanvasElement): (name: string) => string {
  const style = getComputedStyle(canvas);
  return (name) => {
    canvas.style.color = `var(${name})`;
    const resolved = style.color;
    canvas.style.color = "";
    return resolved;
  };
}

const withAlpha = (color: string): string => color.replace("rgb(", "rgba(").replace(")", ", 0.28)");
