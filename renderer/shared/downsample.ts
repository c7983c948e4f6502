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
  const pieces = piecesOf(points);
  return pieces.flatMap((piece, index) => {
    const share = Math.max(3, Math.round((limit * piece.length) / points.length));
    const thinned = largestTriangles(piece, share);
    const next = pieces[index + 1]?.[0];
    return next ? [...thinned, { x: next.x, y: Number.NaN }] : thinned;
  });
}

function piecesOf(points: readonly Point[]): Point[][] {
  const pieces: Point[][] = [];
  let open = false;
  for (const point of points) {
    const isNumber = Number.isFinite(point.y);
    if (isNumber && open) pieces.at(-1)?.push(point);
    else if (isNumber) pieces.push([point]);
    open = isNumber;
  }
  return pieces;
}

function largestTriangles(points: readonly Point[], limit: number): Point[] {
  if (points.length <= limit) return [...points];
  const at = (index: number): Point => points[index] ?? { x: 0, y: 0 };
  const last = points.length - 1;
  const size = (last - 1) / (limit - 2);
  const edge = (bucket: number) => Math.min(last, Math.floor(bucket * size) + 1);
  const kept = [at(0)];
  for (let bucket = 0; bucket < limit - 2; bucket += 1) {
    const from = kept.at(-1) ?? at(0);
    const next = meanOf(
      points.slice(edge(bucket + 1), Math.max(edge(bucket + 2), edge(bucket + 1) + 1)),
    );
    let best = at(edge(bucket));
    let largest = -1;
    for (let index = edge(bucket); index < edge(bucket + 1); index += 1) {
      const { x, y } = at(index);
      const area = Math.abs((from.x - next.x) * (y - from.y) - (from.x - x) * (next.y - from.y));
      if (area > largest) [largest, best] = [area, at(index)];
    }
    kept.push(best);
  }
  return [...kept, at(last)];
}

function meanOf(points: readonly Point[]): Point {
  const sum = points.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), {
    x: 0,
    y: 0,
  });
  return { x: sum.x / points.length, y: sum.y / points.length };
}
