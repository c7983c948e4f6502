/**
 * What is half filled in, chosen or looked at, and must outlast a reload: kept in this tab (or window)
 * under a name. Two tabs keep apart. A tab may be forbidden storage, and what is stored may be of
 * another version; both only mean that nothing was kept. Nothing that is kept begins work by itself.
 */
import * as v from "valibot";

const key = (name: string): string => `gan-studio.kept.${name}`;

/** Null where nothing was kept, or nothing that fits. */
export function recall<Schema extends v.GenericSchema>(
  name: string,
  schema: Schema,
): v.InferOutput<Schema> | null {
  try {
    const text = sessionStorage.getItem(key(name));
    if (text === null) return null;
    const parsed = v.safeParse(schema, JSON.parse(text));
    return parsed.success ? parsed.output : null;
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function keep(name: string, value: unknown): void {
  try {
    if (value === null) sessionStorage.removeItem(key(name));
    else sessionStorage.setItem(key(name), JSON.stringify(value));
  } catch {
    // Forbidden or full: it lasts as long as the page.
  }
}
