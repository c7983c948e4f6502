/** Which image of a grid, counted from 0 row by row, a point or an arrow key means. */

export interface Grid {
  /** Images in it; the last row may be short. */
  count: number;
  columns: number;
}

export const rowsOf = ({ count, columns }: Grid): number => Math.ceil(count / columns);

/** `x` and `y` from 0 to 1 over the grid; null beside its images. */
export function indexAt(grid: Grid, x: number, y: number): number | null {
  const column = Math.floor(x * grid.columns);
  const row = Math.floor(y * rowsOf(grid));
  if (column < 0 || column >= grid.columns || row < 0) return null;
  const index = row * grid.columns + column;
  return index < grid.count ? index : null;
}

/** Where an arrow key leads; `index` itself at the border, null for other keys. */
export function indexByKey(grid: Grid, index: number, key: string): number | null {
  const moves: Partial<Record<string, number>> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -grid.columns,
    ArrowDown: grid.columns,
  };
  const move = moves[key];
  if (move === undefined) return null;
  const next = index + move;
  return next < 0 || next >= grid.count ? index : next;
}
