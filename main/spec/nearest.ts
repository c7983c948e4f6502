/** The word that a person most likely meant: by the fewest letters that differ (Damerau 1964). */

/** Letters to change, add, drop or exchange with their neighbour. */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const at = (up: number, left: number) => rows[i - up]?.[j - left] ?? Infinity;
      const change = at(1, 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isExchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const exchange = isExchanged ? at(2, 2) + 1 : Infinity;
      row.push(Math.min(change, at(1, 0) + 1, (row[j - 1] ?? Infinity) + 1, exchange));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? Infinity;
}

/** Letters and digits alone: «lsgandc» and «ls_gan_dc» are both meant as «lsgan-dc». */
const plain = (word: string): string =>
  word
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** One of `words`, or null where none is near. */
export function nearestOf(typed: string, words: readonly string[]): string | null {
  const wanted = plain(typed);
  let nearest: string | null = null;
  let least = Math.ceil(wanted.length / 3) + 1;
  for (const word of words) {
    const found = distance(wanted, plain(word));
    if (found >= least) continue;
    [least, nearest] = [found, word];
  }
  return nearest;
}

/** « Did you mean «batchSize»?» with the space before it, or nothing. */
export function didYouMean(typed: string, words: readonly string[]): string {
  const nearest = nearestOf(typed, words);
  return nearest === null || nearest === typed ? "" : ` Did you mean «${nearest}»?`;
}
