/** The colour of a run by its place in the comparison; CompareScreen gives the variables their values. */
export const runColor = (place: number): string => `--run-${(place + 1).toString()}`;
