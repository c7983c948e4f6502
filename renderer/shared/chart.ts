/**
 * Curves over steps, drawn by chart.js. What chart.js would do per frame is done before (cutting to
 * what is seen, thinning, gaps), animation is off: a chart that moves by itself cannot be read while it
 * grows. What moves with the pointer is drawn beside it, by LineChart.svelte.
 */
import {
  Chart,
  Filler,
  LinearScale,
  LineController,
  LineElement,
  LogarithmicScale,
  PointElement,
  type ChartDataset,
  type Scale,
  type Tick,
} from "chart.js";
import { signs, type Mark } from "./chart-signs.ts";
import { downsample, type Point } from "./downsample.ts";
import { placesIn, type Span } from "./span.ts";

Chart.register(Filler, LineController, LineElement, PointElement, LinearScale, LogarithmicScale);

export interface Curve {
  id: string;
  label: string;
  /** A colour's CSS variable, such as `--generator`. */
  color: string;
  /** In order of x; NaN where a value was no number. */
  points: readonly Point[];
  /** A horizontal line to compare with; null for none. */
  reference?: number | null;
  /** Drawn faintly behind the curve: the same values before smoothing. */
  raw?: readonly Point[] | null;
  /** Drawn as steps: a value holds until the next. */
  stepped?: boolean;
  /** Drawn faintly up to this x: it belongs to something else, too. */
  past?: number | null;
  /** An area behind the curve, between two courses with the same places. */
  band?: { low: readonly Point[]; high: readonly Point[] } | null;
}

interface View {
  curves: readonly Curve[];
  logarithmic: boolean;
  /** Both ends of the y axis, or null to fit the curves. */
  range: readonly [number, number] | null;
  /** The y axis begins at 0, so that curves that hardly move look so. */
  fromZero: boolean;
  span: Span;
  /** What happened at a step. */
  marks: readonly Mark[];
  theme: "light" | "dark";
}

/** Where the curves are, in CSS pixels of the canvas. */
export interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface StepChart {
  show(view: View): void;
  destroy(): void;
}

/** Points that a curve keeps; a chart is about this many device pixels wide. */
const pointLimit = 1000;

/** `onArea` is told whenever the place of the curves in the canvas changes. */
export function createChart(canvas: HTMLCanvasElement, onArea: (area: Area) => void): StepChart {
  const { plugin, setSigns } = signs();
  const chart = new Chart(canvas, {
    type: "line",
    data: { datasets: [] },
    options: {
      animation: false,
      parsing: false,
      normalized: true,
      responsive: true,
      maintainAspectRatio: false,
      // The pointer is followed by LineChart.svelte.
      events: [],
      elements: { point: { radius: 0, hoverRadius: 0 }, line: { borderWidth: 1.5, tension: 0 } },
      layout: { padding: { top: 4, right: 4 } },
    },
    plugins: [
      plugin,
      {
        id: "area",
        afterUpdate: ({ chartArea: { left, right, top, bottom } }) => {
          onArea({ left, right, top, bottom });
        },
      },
    ],
  });
  const font = getComputedStyle(canvas).fontFamily;
  let look = "";
  let color: (name: string) => string = () => "";
  return {
    show(view) {
      // Scales and colours are made anew only when they are others: of a frame's time while someone
      // zooms, they would take most.
      const wanted = JSON.stringify([view.theme, view.logarithmic, view.range, view.fromZero]);
      if (wanted !== look) {
        look = wanted;
        color = colorsAt(canvas);
        chart.options.scales = scalesOf(view, color);
      }
      const x = chart.options.scales?.x;
      if (x) [x.min, x.max] = [view.span.from, view.span.to];
      const seen = view.curves.map((curve) => within(curve, view.span));
      const datasets = seen.flatMap((curve) => datasetsOf(curve, view, color));
      const old = chart.data.datasets;
      if (old.length !== datasets.length) chart.data.datasets = datasets;
      else datasets.forEach((dataset, place) => Object.assign(old[place] ?? {}, dataset));
      setSigns({
        marks: view.marks,
        breaks: seen.map((curve) => ({
          color: color(curve.color),
          steps: (curve.raw ?? curve.points).flatMap(({ x, y }) => (Number.isNaN(y) ? [x] : [])),
        })),
        font,
        line: color("--edge"),
        words: color("--dim"),
      });
      chart.update("none");
    },
    destroy: () => {
      chart.destroy();
    },
  };
}

function within(curve: Curve, span: Span): Curve {
  const cut = (points: readonly Point[]) => points.slice(...placesIn(points, span));
  const { points, raw, band } = curve;
  return {
    ...curve,
    points: cut(points),
    raw: raw ? cut(raw) : null,
    band: band ? { low: cut(band.low), high: cut(band.high) } : null,
  };
}

function datasetsOf(curve: Curve, view: View, color: (name: string) => string) {
  const line = (points: readonly Point[], rest: Partial<ChartDataset<"line", Point[]>>) => ({
    label: curve.label,
    data: downsample(view.logarithmic ? points.map(positive) : points, pointLimit),
    borderColor: color(curve.color),
    pointBackgroundColor: color(curve.color),
    // A single point makes no line.
    pointRadius: points.length === 1 ? 2 : 0,
    stepped: curve.stepped === true ? ("before" as const) : false,
    ...rest,
  });
  const reference = curve.reference ?? null;
  const { from, to } = view.span;
  const [past, own] = partedAt(curve.points, curve.past ?? null);
  const level = reference === null ? [] : [from, to].map((x) => ({ x, y: reference }));
  const edge = { borderWidth: 0, pointRadius: 0, order: 3 };
  const area = withAlpha(color(curve.color), 0.16);
  const { low, high } = curve.band ?? {};
  // As many in every drawing, so that each keeps its place from one to the next.
  return [
    ...(low && high
      ? [line(high, { ...edge, fill: "+1", backgroundColor: area }), line(low, edge)]
      : []),
    line(level, { borderWidth: 1, borderDash: [4, 5], order: 2 }),
    line(curve.raw ?? [], { borderWidth: 1, borderColor: withAlpha(color(curve.color)), order: 1 }),
    // Two lines: chart.js would style one piece by piece, which takes most of a frame's time.
    line(past, { order: 0, borderColor: withAlpha(color(curve.color), 0.38) }),
    line(own, { order: 0 }),
  ];
}

/** The points up to `x`, and those from the last of them on, so that the line stays whole. */
function partedAt(
  points: readonly Point[],
  x: number | null,
): [readonly Point[], readonly Point[]] {
  if (x === null) return [[], points];
  const next = points.findIndex((point) => point.x > x);
  const place = next < 0 ? points.length : next;
  return [points.slice(0, place), points.slice(Math.max(0, place - 1))];
}

const positive = ({ x, y }: Point): Point => ({ x, y: y > 0 ? y : Number.NaN });

const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 2 });
const values = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });

function scalesOf(view: View, color: (name: string) => string) {
  const ticks = { color: color("--faint"), font: { size: 12 }, padding: 8 };
  const grid = { color: color("--line"), drawTicks: false };
  return {
    x: {
      type: "linear" as const,
      min: view.span.from,
      max: view.span.to,
      border: { display: false },
      grid: { display: false },
      ticks: {
        ...ticks,
        callback(this: Scale, value: number | string): string {
          // Steps are told apart while the span is narrow, and shortened where that loses nothing.
          return (this.max - this.min < 10_000 ? whole : compact).format(Number(value));
        },
        // Steps, epochs and images are counted: no half of one.
        precision: 0,
        maxTicksLimit: 6,
        maxRotation: 0,
        align: "inner" as const,
        includeBounds: false,
      },
    },
    y: {
      type: view.logarithmic ? ("logarithmic" as const) : ("linear" as const),
      ...(view.fromZero && !view.logarithmic && { suggestedMin: 0 }),
      ...(view.range && { min: view.range[0], max: view.range[1] }),
      border: { display: false },
      grid,
      ticks: {
        ...ticks,
        callback: (value: number | string) => short(Number(value)),
        maxTicksLimit: 5,
      },
      afterBuildTicks: (axis: Scale) => {
        if (view.logarithmic) axis.ticks = roundTicks(axis.ticks);
      },
      // A width of its own, so that the chart does not move when labels get longer.
      afterFit: (axis: { width: number }) => {
        axis.width = 48;
      },
    },
  };
}

/** chart.js labels every digit between two powers of ten; those after 1, 2 and 5 run into each other. */
function roundTicks(ticks: Tick[]): Tick[] {
  const leading = ({ value }: Tick) => Number(value.toExponential(0)[0]);
  const isRound = (tick: Tick) => Math.abs(Number(tick.value.toPrecision(1)) - tick.value) < 1e-12;
  const round = ticks.filter((tick) => isRound(tick) && [1, 2, 5].includes(leading(tick)));
  const powers = round.filter((tick) => leading(tick) === 1);
  if (round.length > 6 && powers.length > 1) return powers;
  return round.length > 1 ? round : [ticks[0], ticks.at(-1)].flatMap((tick) => tick ?? []);
}

const short = (value: number): string =>
  value !== 0 && Math.abs(value) < 0.01
    ? Number(value.toPrecision(3)).toExponential().replace("e-", "e−")
    : values.format(value);

/**
 * A canvas needs plain colours: the theme's variables are resolved through a real element. Each is
 * asked for once, since every answer makes the browser compute styles.
 */
function colorsAt(canvas: HTMLCanvasElement): (name: string) => string {
  const style = getComputedStyle(canvas);
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    canvas.style.color = `var(${name})`;
    const resolved = style.color;
    canvas.style.color = "";
    known.set(name, resolved);
    return resolved;
  };
}

const withAlpha = (color: string, alpha = 0.28): string =>
  color.replace("rgb(", "rgba(").replace(")", `, ${alpha.toString()})`);
