/**
 * The one draft of this page. It outlives its screen: a start that is under way goes on, and is not made
 * twice by who comes back meanwhile.
 */
import { provided } from "../shared/provided.ts";
import type { Draft } from "./draft.svelte.ts";

/** `useDraft` throws outside of a component below the one that called `provideDraft`. */
export const [useDraft, provideDraft] = provided<Draft>(
  "There is no draft here. Call provideDraft in a component above.",
);
