/**
 * The language of the search for runs: words, and `tag:name` or `tag:"two words"` for a whole tag.
 * What is begun and not ended yet, as while someone types, is read as far as it goes.
 */
import { tagKey } from "../spec/tags.ts";

export interface RunSearch {
  /** What is left without the tags. */
  text: string;
  tags: string[];
}

const tagTerm = /(?<=^|\s)tag:(?:"([^"]*)"?|(\S*))/giu;

export function parseRunSearch(search: string): RunSearch {
  const tags = [...search.matchAll(tagTerm)].map(([, quoted, bare]) =>
    (quoted ?? bare ?? "").trim(),
  );
  const text = search.replace(tagTerm, " ").replace(/\s+/gu, " ").trim();
  return { text, tags: tags.filter((tag) => tag !== "") };
}

/** The same search for this one tag more. */
export function searchWithTag(search: string, tag: string): string {
  const { tags } = parseRunSearch(search);
  if (tags.some((known) => tagKey(known) === tagKey(tag))) return search;
  return `${search.trim()} ${termOf(tag)}`.trim();
}

/** The same search with this tag instead of all that are in it; null for none. */
export function searchOfTag(search: string, tag: string | null): string {
  const { text } = parseRunSearch(search);
  return tag === null ? text : `${text} ${termOf(tag)}`.trim();
}

const termOf = (tag: string): string => (/\s/u.test(tag) ? `tag:"${tag}"` : `tag:${tag}`);
