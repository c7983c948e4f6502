/**
 * The draft that outlives the page: kept in this browser (or window) under one key. A browser may
 * forbid storage, and what is stored may be of another version; both only mean that nothing is kept.
 */
import * as v from "valibot";
import { documentSchema } from "../../main/spec/document.ts";
import { keep, recall } from "../shared/kept.ts";

const state = {
  document: documentSchema,
  /** The run whose settings were taken over; null after a preset was chosen. */
  from: v.nullable(
    v.strictObject({
      name: v.string(),
      /** What is started shares that run's past up to the end of this epoch. */
      fork: v.optional(v.strictObject({ run: v.string(), epoch: v.number() })),
    }),
  ),
};
const keptStateSchema = v.strictObject(state);

const keptSchema = v.strictObject({
  ...state,
  name: v.pipe(v.string(), v.maxLength(200)),
  /** As they are typed; empty for the document's one seed. */
  seeds: v.optional(v.pipe(v.string(), v.maxLength(400)), ""),
  /** The run whose settings the page's address asks for and that were taken over already. */
  taken: v.nullable(v.string()),
});

type KeptState = v.InferOutput<typeof keptStateSchema>;
interface KeptHistory {
  past: readonly KeptState[];
  future: readonly KeptState[];
}

const entriesSchema = v.pipe(
  v.array(v.unknown()),
  // An entry with a field that holds nothing usable is left out; there is no other door for it.
  v.transform((entries) =>
    entries.filter((entry): entry is KeptState => v.is(keptStateSchema, entry)),
  ),
);
const keptHistorySchema = v.strictObject({ past: entriesSchema, future: entriesSchema });
const historyName = "design history";

/** Entries each way: fewer than the page holds, for all are written with each change. */
const mostKept = 30;

/** What undo and redo lead to; of this tab alone, for in another one other things were done. */
export const readHistory = (): KeptHistory =>
  recall(historyName, keptHistorySchema) ?? { past: [], future: [] };

export function keepHistory({ past, future }: KeptHistory): void {
  keep(historyName, { past: past.slice(-mostKept), future: future.slice(0, mostKept) });
}

export type KeptDraft = v.InferOutput<typeof keptSchema>;
export type DraftStorage = Pick<Storage, "getItem" | "setItem">;

const key = "gan-studio.draft";

/** The page's storage; one that forgets where even naming it is forbidden. */
export function pageStorage(): DraftStorage {
  try {
    return localStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

export function readDraft(storage: DraftStorage): KeptDraft | null {
  try {
    const parsed = v.safeParse(keptSchema, JSON.parse(storage.getItem(key) ?? "null"));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** A draft with a field that holds nothing usable is not kept; the last usable one stays. */
export function keepDraft(storage: DraftStorage, draft: KeptDraft): void {
  if (!v.is(keptSchema, draft)) return;
  try {
    storage.setItem(key, JSON.stringify(draft));
  } catch {
    // Forbidden or full: the draft lasts as long as the page.
  }
}
