/** Reading off a sorted column. */

/** Index of the step nearest to `step`, or −1 when there is none. `steps` increase. */
export function indexNear(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) < step) low = middle + 1;
    else high = middle;
  }
  const before = steps[low - 1];
  const here = steps[low];
  if (here === undefined) return -1;
  return before !== undefined && step - before < here - step ? low - 1 : low;
}
