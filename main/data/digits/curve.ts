/**
 * A smooth curve through points: centripetal Catmull-Rom splines (Catmull and Rom 1974; Yuksel et
 * al. 2011), which neither overshoot nor make cusps where points lie unevenly, as a hand's do.
 */

/** Distance below which two points count as one, so that no division by zero follows. */
const tiny = 1e-6;

/**
 * Appends points (x, y, x, y, …) along the curve through `points` to `out`, about `spacing` apart.
 * Starts with the first point and ends with the last.
 */
export function appendCurve(points: readonly number[], spacing: number, out: number[]): void {
  const last = points.length / 2 - 1;
  const at = (index: number) => points[index] as number;
  const tangents = tangentsOf(points);
  out.push(at(0), at(1));
  for (let i = 0; i < last; i++) {
    const [x0, y0, x1, y1] = [at(2 * i), at(2 * i + 1), at(2 * i + 2), at(2 * i + 3)];
    const chord = Math.hypot(x1 - x0, y1 - y0);
    const knot = Math.sqrt(Math.max(chord, tiny));
    const [u0, v0] = [(tangents[2 * i] as number) * knot, (tangents[2 * i + 1] as number) * knot];
    const [u1, v1] = [
      (tangents[2 * i + 2] as number) * knot,
      (tangents[2 * i + 3] as number) * knot,
    ];
    const pieces = Math.max(1, Math.ceil(chord / spacing));
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      const s = 1 - t;
      // Cubic Hermite basis.
      const a = (1 + 2 * t) * s * s;
      const b = t * s * s;
      const c = t * t * (3 - 2 * t);
      const d = -t * t * s;
      out.push(a * x0 + b * u0 + c * x1 + d * u1, a * y0 + b * v0 + c * y1 + d * v1);
    }
  }
}

/** Derivatives by the curve's parameter at every point, whose steps are the roots of the chords. */
function tangentsOf(points: readonly number[]): Float64Array {
  const count = points.length / 2;
  const tangents = new Float64Array(points.length);
  const at = (index: number) => points[index] as number;
  const knot = (i: number) =>
    Math.sqrt(Math.max(tiny, Math.hypot(at(2 * i + 2) - at(2 * i), at(2 * i + 3) - at(2 * i + 1))));
  for (let axis = 0; axis < 2; axis++) {
    const slope = (i: number) => (at(2 * i + 2 + axis) - at(2 * i + axis)) / knot(i);
    for (let i = 1; i < count - 1; i++) {
      const [before, after] = [knot(i - 1), knot(i)];
      const across = (at(2 * i + 2 + axis) - at(2 * i - 2 + axis)) / (before + after);
      tangents[2 * i + axis] = slope(i - 1) - across + slope(i);
    }
    // Ends keep the bend of their neighbour; a movement of two points is a straight line.
    const end = 2 * (count - 1) + axis;
    tangents[axis] = count > 2 ? 1.5 * slope(0) - 0.5 * (tangents[2 + axis] as number) : slope(0);
    tangents[end] =
      count > 2 ? 1.5 * slope(count - 2) - 0.5 * (tangents[end - 2] as number) : slope(0);
  }
  return tangents;
}
