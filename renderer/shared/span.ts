/** The stretch of steps that a chart shows: zoomed about a step, moved along, kept inside the run. */

export interface Span {
  from: number;
  to: number;
}

/** A closer look than this shows single measurements and nothing between them. */
const fewestSteps = 4;

/** The span inside `whole`, as wide as it was where there is room. */
export function keptInside({ from, to }: Span, whole: Span): Span {
  const width = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - width);
  return { from: start, to: start + width };
}

/** `factor` below 1 looks closer; the step `about` stays where it is on the screen. Null: all of `whole`. */
export function zoomed(span: Span, about: number, factor: number, whole: Span): Span | null {
  const least = Math.min(fewestSteps, whole.to - whole.from);
  const width = Math.max(least, (span.to - span.from) * factor);
  if (width >= whole.to - whole.from) return null;
  const share = (about - span.from) / (span.to - span.from);
  const from = about - share * width;
  return keptInside({ from, to: from + width }, whole);
}

/** Moved by a share of its width; right is positive. */
export function panned(span: Span, share: number, whole: Span): Span {
  const by = share * (span.to - span.from);
  return keptInside({ from: span.from + by, to: span.to + by }, whole);
}

/** Between two steps in any order; null when they are too near each other to be a choice. */
export function spanned(a: number, b: number, whole: Span): Span | null {
  const from = Math.max(whole.from, Math.min(a, b));
  const to = Math.min(whole.to, Math.max(a, b));
  return to - from < fewestSteps ? null : { from, to };
}

/** Places `[first, last)` of the points in the span, with one neighbour each side so that lines go on. */
export function placesIn(points: readonly { x: number }[], { from, to }: Span): [number, number] {
  return [
    Math.max(0, firstAtLeast(points, from) - 1),
    Math.min(points.length, firstAtLeast(points, to) + 1),
  ];
}

function firstAtLeast(points: readonly { x: number }[], step: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle]?.x ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  return low;
}
