/**
 * Undo and redo over immutable values. Changes in a row that carry the same key (typing in one
 * field) are one entry, so that undo takes back what a person thinks of as one act.
 */
export interface History<Value> {
  readonly past: readonly Value[];
  readonly present: Value;
  readonly future: readonly Value[];
  /** Key of the change that led to `present`; null for one that stands alone. */
  readonly key: string | null;
}

/** Entries that are kept; the oldest go first. */
const longest = 200;

export const historyOf = <Value>(present: Value): History<Value> => ({
  past: [],
  present,
  future: [],
  key: null,
});

/** `history` itself when nothing changed. */
export function changed<Value>(
  history: History<Value>,
  present: Value,
  key: string | null,
): History<Value> {
  if (present === history.present) return history;
  if (key !== null && key === history.key) return { ...history, present, future: [] };
  const past = [...history.past, history.present].slice(-longest);
  return { past, present, future: [], key };
}

export function undone<Value>(history: History<Value>): History<Value> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, key: null };
}

export function redone<Value>(history: History<Value>): History<Value> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, key: null };
}
