/** What the crash harness and its child program say to each other, a line of JSON each. */
import type { EngineName } from "../../main/engine/backend/backend.ts";
import type { RunStatus } from "../../main/contract/runs.ts";
import type { Specification } from "../../main/spec/specification.ts";

export type Told =
  | { type: "start"; engine: EngineName; eager: boolean; specification: Specification }
  | { type: "resume"; engine: EngineName; id: string }
  | { type: "bundle"; id: string; path: string }
  | { type: "import"; path: string };

export type Said =
  | { type: "open" }
  /** A process that it started. */
  | { type: "child"; pid: number }
  | { type: "run"; id: string }
  /** The run's row as it was announced. */
  | {
      type: "changed";
      id: string;
      status: RunStatus;
      epoch: number;
      step: number;
      reason: string | null;
    }
  /** A bundle was written, or was taken in. */
  | { type: "moved"; id: string }
  | { type: "refused"; code: string; message: string };
