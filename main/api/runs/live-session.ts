/** A training session as the commands see it. */
import type { RunRow } from "../../store/runs.ts";
import type { FromSession, Measurement } from "../../training/messages.ts";
import type { SessionProcess } from "../sessions/host.ts";

export interface LiveSession {
  readonly run: string;
  process: SessionProcess;
  /** Measured since the last commit: a page that opens now must see them. */
  tail: Measurement[];
  /** Resolves with the run when its session is over. */
  over: Promise<RunRow>;
  /** Resolves with the run after the session's next message of this type, or when it is over. */
  next(type: FromSession["type"]): Promise<RunRow>;
}
