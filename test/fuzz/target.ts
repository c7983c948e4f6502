/** What the fuzzer drives: something that takes hostile input, and the ways to make it. */
import type { Random } from "./mutate.ts";

export interface Target {
  name: string;
  /** Tries one input; resolves with what became of it and rejects with whatever was thrown. */
  attempt(input: Uint8Array): Promise<"result" | "refused">;
  /** An input of this case. */
  make(random: Random): Uint8Array;
  /** Something that must not have changed because of refused input; compared as text. */
  fingerprint?(): string;
  end?(): Promise<void>;
}

export interface TargetKind {
  name: string;
  /** `folder` is the target's own and empty; nothing may be written outside of it. */
  open(folder: string): Promise<Target>;
}
