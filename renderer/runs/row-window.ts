/** Which rows of a long list are worth drawing: those in view and a few around them. */

export interface RowWindow {
  /** The first row that is drawn, and the first after it that is not. */
  begin: number;
  end: number;
}

/** Rows drawn beyond what is seen, so that the next one is there for the Tab key and the wheel. */
const around = 8;

/**
 * `top`: pixels of the list that lie above the view (negative where it starts below the view's top
 * edge); `height` of the view. All rows are `rowHeight` high.
 */
export function windowOf(top: number, height: number, rowHeight: number, count: number): RowWindow {
  const first = Math.floor(top / rowHeight) - around;
  const last = Math.ceil((top + height) / rowHeight) + around;
  const begin = Math.min(Math.max(0, first), count);
  return { begin, end: Math.max(begin, Math.min(last, count)) };
}
