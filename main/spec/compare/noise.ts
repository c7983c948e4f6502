/**
 * Whether the grids of several runs show the same latent vectors, cell by cell. The fixed vectors
 * follow from the seed, the prior and the vector's size; a grid of fewer images shows the first of
 * the same vectors.
 */
import type { Specification } from "../specification.ts";

export interface SharedNoise {
  /** Whether cell i is drawn from the same vector in every run. */
  shared: boolean;
  /** Cells that all grids have. */
  cells: number;
  /** One sentence: that it is so, or what differs. */
  text: string;
}

export function sharedNoise(specifications: readonly Specification[]): SharedNoise {
  const each = <Value>(valueOf: (specification: Specification) => Value): Value[] => [
    ...new Set(specifications.map(valueOf)),
  ];
  const cells = Math.min(...specifications.map(({ outputs }) => outputs.fixedSamples));
  const reasons = [
    { what: "seeds", values: each(({ seed }) => seed) },
    { what: "priors", values: each(({ latent }) => latent.distribution) },
    { what: "sizes of the noise", values: each(({ latent }) => latent.size) },
  ]
    .filter(({ values }) => values.length > 1)
    .map(({ what, values }) => `the ${what} differ (${values.join(", ")})`);
  if (reasons.length > 0)
    return {
      shared: false,
      cells,
      text: `The cells are not drawn from the same noise: ${reasons.join(", and ")}.`,
    };
  const classes = each(({ conditioning }) => conditioning?.classes ?? null);
  const counts = each(({ outputs }) => outputs.fixedSamples);
  const part = counts.length > 1 ? ` The first ${cells.toString()} cells are in all of them.` : "";
  const note =
    classes.length > 1 ? " What class a cell is asked for differs between the runs." : "";
  return { shared: true, cells, text: `Each cell is drawn from the same noise.${part}${note}` };
}
