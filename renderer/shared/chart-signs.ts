/**
 * What a chart shows besides curves: vertical lines where something happened, and a cross at the top
 * where a value was no number, so that a gap is never taken for «nothing was measured».
 */
import type { Plugin } from "chart.js";

/** Something that happened at a step. */
export interface Mark {
  step: number;
  label: string;
}

interface Signs {
  marks: readonly Mark[];
  breaks: readonly { color: string; steps: readonly number[] }[];
  /** The family of the words. */
  font: string;
  /** Colours: of the lines and their words. */
  line: string;
  words: string;
}

const none: Signs = { marks: [], breaks: [], font: "sans-serif", line: "", words: "" };

/** A plugin for one chart, and how it is told what to draw at the next update. */
export function signs(): { plugin: Plugin<"line">; setSigns: (signs: Signs) => void } {
  let shown = none;
  return {
    setSigns: (next) => {
      shown = next;
    },
    plugin: {
      id: "signs",
      afterDatasetsDraw({ ctx, chartArea, scales: { x } }) {
        const { left, right, top, bottom } = chartArea;
        const place = (step: number): number | null => {
          const at = x?.getPixelForValue(step) ?? Number.NaN;
          return at >= left - 0.5 && at <= right + 0.5 ? Math.round(at) + 0.5 : null;
        };
        ctx.save();
        drawMarks(ctx, shown, place, { right, top, bottom });
        drawBreaks(ctx, shown, place, top);
        ctx.restore();
      },
    },
  };
}

function drawMarks(
  ctx: CanvasRenderingContext2D,
  { marks, font, line, words }: Signs,
  place: (step: number) => number | null,
  { right, top, bottom }: { right: number; top: number; bottom: number },
): void {
  ctx.font = `11px ${font}`;
  ctx.textBaseline = "top";
  // From the right: the newest word is the one that is read when there is no room for all.
  let free = right;
  for (const { step, label } of marks.toReversed()) {
    const at = place(step);
    if (at === null) continue;
    ctx.strokeStyle = line;
    ctx.setLineDash([2, 3]);
    ctx.beginPath();
    ctx.moveTo(at, top);
    ctx.lineTo(at, bottom);
    ctx.stroke();
    const width = ctx.measureText(label).width;
    const start = at + 4 + width > right ? at - 4 - width : at + 4;
    if (start + width > free) continue;
    ctx.fillStyle = words;
    ctx.fillText(label, start, bottom - 14);
    free = Math.min(start, at) - 4;
  }
  ctx.setLineDash([]);
}

function drawBreaks(
  ctx: CanvasRenderingContext2D,
  { breaks }: Signs,
  place: (step: number) => number | null,
  top: number,
): void {
  const arm = 3;
  breaks.forEach(({ color, steps }, row) => {
    let last = -Infinity;
    const y = top + 6 + row * 9;
    ctx.strokeStyle = color;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    for (const step of steps) {
      const at = place(step);
      if (at === null || at - last < 2 * arm + 2) continue;
      last = at;
      ctx.moveTo(at - arm, y - arm);
      ctx.lineTo(at + arm, y + arm);
      ctx.moveTo(at - arm, y + arm);
      ctx.lineTo(at + arm, y - arm);
    }
    ctx.stroke();
  });
}
