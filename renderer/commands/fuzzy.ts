/**
 * Fuzzy search: the letters of what was typed occur in a text in their order. Letters that follow one
 * another, and letters at the start of words, count for more; the idea is that of editors' palettes.
 */

export interface Match {
  /** Higher is better; only to be compared with others of the same query. */
  score: number;
  /** Places in the text that were matched, ascending. */
  places: readonly number[];
}

const points = { letter: 1, follows: 7, wordStart: 6, textStart: 4 };

const startsWord = (text: string, place: number): boolean =>
  place === 0 || /[^\p{L}\p{N}]/u.test(text[place - 1] ?? "");

/** Null when the text lacks a letter. Capital letters and spaces in the query do not count. */
export function fuzzyMatch(query: string, text: string): Match | null {
  const wanted = query.toLowerCase().replace(/\s+/g, "").split("");
  const lower = text.toLowerCase();
  // Some capital letters become two when made small; places would then point beside their letters.
  if (lower.length !== text.length) return null;
  let best: Match | null = null;
  // A later start may read better: «run» is in «Truant run» twice.
  for (let start = lower.indexOf(wanted[0] ?? ""); start !== -1;) {
    const match = matchFrom(wanted, lower, start);
    if (!match) break;
    if (!best || match.score > best.score) best = match;
    if (wanted.length === 0) break;
    start = lower.indexOf(wanted[0] ?? "", start + 1);
  }
  return best;
}

function matchFrom(wanted: readonly string[], text: string, start: number): Match | null {
  const places: number[] = [];
  let score = 0;
  let from = start;
  for (const letter of wanted) {
    const place = nextPlace(text, letter, from, places.at(-1));
    if (place === -1) return null;
    score += points.letter;
    if (place === (places.at(-1) ?? -2) + 1) score += points.follows;
    if (startsWord(text, place)) score += points.wordStart;
    if (place === 0) score += points.textStart;
    places.push(place);
    from = place + 1;
  }
  // Of equals, the shorter text is the closer one.
  return { score: score - text.length / 1000, places };
}

/** The next letter if it is the one; else at the start of a word; else wherever it comes next. */
function nextPlace(text: string, letter: string, from: number, last: number | undefined): number {
  const first = text.indexOf(letter, from);
  if (first === -1 || last === undefined || first === from) return first;
  for (let place = first; place !== -1; place = text.indexOf(letter, place + 1))
    if (startsWord(text, place)) return place;
  return first;
}
