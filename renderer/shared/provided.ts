/** What a component hands down its tree, and what those below it take. */
import { createContext } from "svelte";

/**
 * The two ends of it: `use`, which throws `missing` as a sentence outside of a component below the one
 * that called the other, `provide`.
 */
export function provided<Value>(
  missing: string,
): [use: () => Value, provide: (value: Value) => Value] {
  const [fromContext, provide] = createContext<Value>();
  const use = (): Value => {
    try {
      return fromContext();
    } catch (cause) {
      throw new Error(missing, { cause });
    }
  };
  return [use, provide];
}
