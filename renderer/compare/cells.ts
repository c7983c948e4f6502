/**
 * Grids cut into cells and laid out anew, so that cell (row, column) is the same number in all of
 * them, whatever their own numbers of columns are.
 */
import type { Sample } from "../../main/contract/runs.ts";

export interface Size {
  width: number;
  height: number;
}

export interface Layout {
  columns: number;
  rows: number;
  /** Cells that are shown. */
  count: number;
}

/** As many cells as all of the grids have, in the first one's columns. */
export function commonLayout(samples: readonly (Sample | null)[]): Layout | null {
  const present = samples.filter((sample) => sample !== null);
  const [first] = present;
  if (!first) return null;
  const count = Math.min(...present.map((sample) => sample.count));
  const columns = Math.min(first.columns, count);
  return { columns, rows: Math.ceil(count / columns), count };
}

/** The size of one image of a grid, from the size of the whole. */
export const cellSize = ({ width, height }: Size, { columns, count }: Sample): Size => ({
  width: width / columns,
  height: height / Math.ceil(count / columns),
});

/** Left and top of a cell in a grid of so many columns. */
export const cellPlace = (cell: number, columns: number, { width, height }: Size) => ({
  left: (cell % columns) * width,
  top: Math.floor(cell / columns) * height,
});

/** Draws a grid's cells in the layout, each at its own number of pixels. */
export function drawCells(
  canvas: HTMLCanvasElement,
  image: CanvasImageSource & Size,
  sample: Sample,
  layout: Layout,
  mode: "replace" | "difference" = "replace",
): void {
  const size = cellSize(image, sample);
  if (mode === "replace") {
    canvas.width = Math.round(size.width * layout.columns);
    canvas.height = Math.round(size.height * layout.rows);
  }
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  context.globalCompositeOperation = mode === "difference" ? "difference" : "source-over";
  for (let cell = 0; cell < layout.count; cell += 1) {
    const from = cellPlace(cell, sample.columns, size);
    const to = cellPlace(cell, layout.columns, size);
    context.drawImage(
      image,
      ...([from.left, from.top, size.width, size.height] as const),
      ...([to.left, to.top, size.width, size.height] as const),
    );
  }
}

/** Mean over the pixels of what a difference drawing shows, from 0 to 255. */
export function meanBrightness({ data }: Pick<ImageData, "data">): number {
  let sum = 0;
  for (let i = 0; i < data.length; i += 4)
    sum += (data[i] ?? 0) + (data[i + 1] ?? 0) + (data[i + 2] ?? 0);
  return data.length === 0 ? 0 : sum / ((data.length / 4) * 3);
}
