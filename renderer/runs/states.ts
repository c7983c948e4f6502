/** The states that runs can be narrowed to: what the list offers, and what an address names. */
import type { RunStatus } from "../../main/contract/runs.ts";

export const states = [
  { value: "live", label: "Training now", status: ["starting", "running", "paused"] },
  { value: "finished", label: "Finished", status: ["finished"] },
  { value: "stopped", label: "Stopped or interrupted", status: ["stopped", "interrupted"] },
  { value: "failed", label: "Failed", status: ["failed"] },
] as const satisfies readonly { value: string; label: string; status: readonly RunStatus[] }[];

/** Null for a name that is none of them. */
export const statusNamed = (name: string | null): readonly RunStatus[] | null =>
  states.find(({ value }) => value === name)?.status ?? null;

/** Null for all, or for a choice that has no name. */
export const nameOfStatus = (status: readonly RunStatus[] | null): string | null =>
  states.find((state) => state.status.join() === status?.join())?.value ?? null;
