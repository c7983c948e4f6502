/** Two courses as lines in one small drawing on a common scale; what is no number is left out. */

export interface SparkSize {
  width: number;
  height: number;
}

/** One SVG path a course. */
export function sparkPaths(
  courses: readonly (readonly number[])[],
  { width, height }: SparkSize,
): string[] {
  const finite = courses.flat().filter((value) => Number.isFinite(value));
  if (finite.length === 0) return courses.map(() => "");
  const low = finite.reduce((a, b) => Math.min(a, b));
  const high = finite.reduce((a, b) => Math.max(a, b));
  const yOf = (value: number) =>
    high === low ? height / 2 : 1 + (1 - (value - low) / (high - low)) * (height - 2);
  return courses.map((course) => {
    let drawing = false;
    return course
      .map((value, place) => {
        const isNumber = Number.isFinite(value);
        const x = course.length < 2 ? 0 : (place / (course.length - 1)) * width;
        const point = isNumber
          ? `${drawing ? "L" : "M"}${x.toFixed(1)} ${yOf(value).toFixed(1)}`
          : "";
        drawing = isNumber;
        return point;
      })
      .join("");
  });
}
