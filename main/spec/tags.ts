/**
 * Tags: words that people mark runs with, to find them again. What a tag may look like, when two are the
 * same, and how many a run can have. Text is normalised (Unicode NFC), so that what looks alike is alike;
 * two tags that differ in case alone are one (https://www.unicode.org/reports/tr15/).
 */
import { Problem } from "./problem.ts";

/** Tags that one run can have. */
export const mostTags = 16;
/** Characters of a tag. */
export const longestTag = 40;

/** Signs that are not seen or that steer a terminal; the joiner of composed pictures is none of them. */
const unseen = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}]|(?!\u200d)\p{Cf}/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Two tags with the same key are the same tag. */
export const tagKey = (tag: string): string => tag.normalize("NFKC").toLowerCase();

/** As it is stored: trimmed, with single spaces. Throws `usage` for what can be no tag. */
export function parseTag(text: string): string {
  const tag = text.normalize("NFC").replace(/\s+/gu, " ").trim();
  const reason = reasonAgainst(tag);
  if (reason === null) return tag;
  const shown = Array.from(tag.replace(new RegExp(unseen, "gu"), "�"));
  const named =
    shown.length > longestTag ? `${shown.slice(0, longestTag).join("")}…` : shown.join("");
  throw new Problem("usage", `«${named}» cannot be a tag: ${reason}`);
}

/** A sentence, or null where there is none. */
function reasonAgainst(tag: string): string | null {
  const { length } = Array.from(tag);
  if (unseen.test(tag)) return "it has signs in it that nobody can see. Type it anew.";
  if (!visible.test(tag)) return "it has no letter, digit or sign. Type at least one.";
  if (/[,"]/u.test(tag)) return "commas and quotation marks separate tags. Leave them out.";
  if (length > longestTag)
    return `it has ${length.toLocaleString("en")} characters. Use at most ${longestTag.toString()}.`;
  return null;
}

/** From a file that anyone may have written: what can be no tag, or is one too many, is left out. */
export function usableTags(texts: readonly string[]): string[] {
  const found = new Map<string, string>();
  for (const text of texts) {
    if (found.size === mostTags) break;
    const tag = tagOrNull(text);
    if (tag !== null && !found.has(tagKey(tag))) found.set(tagKey(tag), tag);
  }
  return [...found.values()];
}

function tagOrNull(text: string): string | null {
  // What is far too long is not worth normalising.
  if (text.length > 10 * longestTag) return null;
  try {
    return parseTag(text);
  } catch (thrown) {
    if (thrown instanceof Problem) return null;
    throw thrown;
  }
}

export interface TagWish {
  add: readonly string[];
  remove: readonly string[];
}

/**
 * Tags that were given or taken, each once; of one that the run has already the spelling stays. A tag that is in
 * both is removed. `name` is the run's, for the sentence. Throws `usage` for more tags than a run can have.
 */
export function changedTags(
  tags: readonly string[],
  { add, remove }: TagWish,
  name: string,
): { tags: string[]; removed: string[]; isOther: boolean } {
  const gone = new Set(remove.map(tagKey));
  const kept = tags.filter((tag) => !gone.has(tagKey(tag)));
  const known = new Set([...tags.map(tagKey), ...gone]);
  const added: string[] = [];
  for (const tag of add) {
    if (known.has(tagKey(tag))) continue;
    known.add(tagKey(tag));
    added.push(tag);
  }
  const all = [...kept, ...added];
  if (all.length > mostTags && added.length > 0)
    throw new Problem(
      "usage",
      `«${name}» would have ${all.length.toString()} tags, and a run can have ${mostTags.toString()}. Remove some first; nothing was changed.`,
    );
  const removed = tags.filter((tag) => gone.has(tagKey(tag)));
  return { tags: all, removed, isOther: added.length + removed.length > 0 };
}
