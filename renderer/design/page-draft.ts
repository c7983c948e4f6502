/**
 * The one draft of this page. It outlives its screen: a start that is under way goes on, and is not made
 * twice by who comes back meanwhile.
 */
import { createContext } from "svelte";
import type { Draft } from "./draft.svelte.ts";

const [fromContext, provideDraft] = createContext<Draft>();

export { provideDraft };

/** Throws outside of a component below the one that called `provideDraft`. */
export function useDraft(): Draft {
  try {
    return fromContext();
  } catch (cause) {
    throw new Error("There is no draft here. Call provideDraft in a component above.", { cause });
  }
}
