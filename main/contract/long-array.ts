/**
 * Whether a payload holds an array that no command asks for. Schemas visit every place of an array
 * before they look at its length, and a structured clone keeps an array sparse: one of 2³² − 1 places
 * takes a few bytes to send and more memory than there is to judge.
 */

/** Far above what any command takes. */
export const longestArray = 100_000;

/** At any depth, also in what refers to itself. */
export function hasLongArray(payload: unknown): boolean {
  const seen = new Set<object>();
  const waiting: unknown[] = [payload];
  while (waiting.length > 0) {
    const value = waiting.pop();
    if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) continue;
    if (seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value) && value.length > longestArray) return true;
    for (const item of Object.values(value)) waiting.push(item);
  }
  return false;
}
