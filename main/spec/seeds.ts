/** Several seeds as people write them. */

/** Seeds that one group may have. */
const mostSeeds = 100;

export const seedsRule =
  "It must be whole numbers such as 1..5 or 1,3,7, each once and a hundred at most.";

/** `1..5`, `1,3,7` or both: whole numbers, each once; null for anything else. */
export function seedsIn(text: string): number[] | null {
  const found: number[] = [];
  for (const part of text.split(",")) {
    const [, first = "", last = first] = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first === "" ? NaN : first), Number(last === "" ? NaN : last)];
    const size = to - from + 1;
    if (!(size >= 1 && size <= mostSeeds && to <= 0x7fffffff)) return null;
    found.push(...Array.from({ length: size }, (_, place) => from + place));
  }
  return found.length > mostSeeds || new Set(found).size !== found.length ? null : found;
}
