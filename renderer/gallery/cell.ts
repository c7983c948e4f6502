/** One image of a sheet: which one the pointer is at, and where it lies, in shares of the sheet. */
import { indexAt, indexByKey, rowsOf, type Grid } from "../shared/grid-cell.ts";

export interface Cell {
  /** From 0, row by row: the place of its noise vector. */
  index: number;
  column: number;
  row: number;
}

/** `x` and `y` from 0 to 1 over the sheet; null beside its images. */
export function cellAt(grid: Grid, x: number, y: number): Cell | null {
  const index = indexAt(grid, x, y);
  return index === null ? null : cellOf(grid, index);
}

export function cellOf(grid: Grid, index: number): Cell | null {
  if (!Number.isInteger(index) || index < 0 || index >= grid.count) return null;
  return { index, column: index % grid.columns, row: Math.floor(index / grid.columns) };
}

/** How CSS shows one cell of the sheet as a background that fills its box. */
export function backgroundOf(
  grid: Grid,
  { column, row }: Cell,
): { size: string; position: string } {
  const rows = rowsOf(grid);
  // A background's position in percent counts from what is left over, hence one less.
  const share = (place: number, of: number) => (of > 1 ? (place / (of - 1)) * 100 : 0);
  return {
    size: `${(grid.columns * 100).toString()}% ${(rows * 100).toString()}%`,
    position: `${share(column, grid.columns).toString()}% ${share(row, rows).toString()}%`,
  };
}

/** The cell that an arrow key leads to; null for other keys. */
export function cellBeside(grid: Grid, { index }: Cell, key: string): Cell | null {
  const next = indexByKey(grid, index, key);
  return next === null ? null : cellOf(grid, next);
}
