/** Measurements as a table that spreadsheets and scripts read (RFC 4180). */
import { measures, type Measurements } from "./runs.ts";

/** A header, then a row a measured step; every digit is kept, `NaN` and `Infinity` as JavaScript spells them. */
export function csvOf({ steps, values }: Measurements): string {
  const rows = steps.map((step, index) =>
    [step, ...measures.map((measure) => values[measure][index] ?? Number.NaN)]
      .map(String)
      .join(","),
  );
  return [["step", ...measures].join(","), ...rows, ""].join("\r\n");
}
