/**
 * Long curves to as many points as a chart has pixels: largest triangle, three buckets (Steinarsson
 * 2013). Values that are no number part a curve into pieces, each thinned by itself, so that a gap
 * stays a gap; chart.js's own decimation would draw across it.
 */

export interface Point {
  x: number;
  /** NaN for a gap. */
  y: number;
}

/** About `limit` points that look like all of them; order kept, first and last point of each piece kept. */
export function downsample(points: readonly Point[], limit: number): Point[] {
  if (points.length <= limit) return [...points];
  const kept: Point[] = [];
  for (let begin = firstNumber(points, 0); begin < points.length;) {
    const end = firstGap(points, begin);
    if (kept.length > 0) kept.push({ x: points[begin]?.x ?? 0, y: Number.NaN });
    const share = Math.max(3, Math.round((limit * (end - begin)) / points.length));
    largestTriangles(points, begin, end, share, kept);
    begin = firstNumber(points, end);
  }
  return kept;
}

function firstNumber(points: readonly Point[], from: number): number {
  let place = from;
  while (place < points.length && !Number.isFinite(points[place]?.y)) place += 1;
  return place;
}

function firstGap(points: readonly Point[], from: number): number {
  let place = from;
  while (place < points.length && Number.isFinite(points[place]?.y)) place += 1;
  return place;
}

/** Adds about `limit` of the places `[begin, end)` to `kept`; copies no more than these. */
function largestTriangles(
  points: readonly Point[],
  begin: number,
  end: number,
  limit: number,
  kept: Point[],
): void {
  if (end - begin <= limit) {
    kept.push(...points.slice(begin, end));
    return;
  }
  const at = (index: number): Point => points[index] ?? { x: 0, y: 0 };
  const last = end - 1;
  const size = (last - begin - 1) / (limit - 2);
  const edge = (bucket: number) => Math.min(last, begin + Math.floor(bucket * size) + 1);
  let from = at(begin);
  kept.push(from);
  for (let bucket = 0; bucket < limit - 2; bucket += 1) {
    const [first, after] = [edge(bucket), edge(bucket + 1)];
    const next = meanOf(points, after, Math.max(edge(bucket + 2), after + 1));
    let best = at(first);
    let largest = -1;
    for (let index = first; index < after; index += 1) {
      const point = at(index);
      const area = Math.abs(
        (from.x - next.x) * (point.y - from.y) - (from.x - point.x) * (next.y - from.y),
      );
      if (area > largest) [largest, best] = [area, point];
    }
    kept.push(best);
    from = best;
  }
  kept.push(at(last));
}

/** Of the places `[begin, end)`; copies nothing, since it runs for every point of every frame. */
function meanOf(points: readonly Point[], begin: number, end: number): Point {
  let x = 0;
  let y = 0;
  for (let index = begin; index < end; index += 1) {
    x += points[index]?.x ?? 0;
    y += points[index]?.y ?? 0;
  }
  return { x: x / (end - begin), y: y / (end - begin) };
}
