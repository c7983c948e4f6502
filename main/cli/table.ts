/** Rows of text in aligned columns, and facts as label and value. */

export interface Column {
  title: string;
  /** Numbers stand at the right edge. */
  numeric?: boolean;
}

const segments = new Intl.Segmenter();
/** Characters as people count them. */
const width = (text: string): number => [...segments.segment(text)].length;
/** A name may hold a line's end, and what follows would pass for a row. */
const inLine = (text: string): string => text.replace(/\p{Cc}/gu, " ");
const spaces = (length: number): string => " ".repeat(Math.max(0, length));

/** Ends in a line feed; columns are as wide as their widest cell. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [columns.map(({ title }) => title), ...rows.map((row) => row.map(inLine))];
  const widths = columns.map((_, i) => Math.max(...lines.map((line) => width(line[i] ?? ""))));
  const cell = (text: string, i: number) => {
    const room = spaces((widths[i] ?? 0) - width(text));
    return columns[i]?.numeric ? room + text : text + room;
  };
  return lines.map((line) => `${line.map(cell).join("  ").trimEnd()}\n`).join("");
}

/** Label and value a line; facts without a value are left out. */
export function facts(
  entries: readonly (readonly [label: string, value: string | null])[],
): string {
  const shown = entries.filter(([, value]) => value !== null && value !== "");
  const indent = Math.max(0, ...shown.map(([label]) => width(label)));
  return shown
    .map(([label, value]) => `${label}${spaces(indent - width(label))}  ${inLine(value ?? "")}\n`)
    .join("");
}
