/**
 * Where a session runs. The api talks to this alone: child processes of Node and Electron's utility
 * processes implement it here, a cluster may one day. Messages are structured clones.
 */
import type { FromSession, ToSession } from "../../training/messages.ts";

export interface SessionExit {
  /** Exit status, or null when a signal ended the process. */
  code: number | null;
  signal: string | null;
  /** The last lines that the process wrote to its standard error. */
  lastWords: string;
}

export interface SessionProcess {
  /** Does nothing when the process has ended. */
  send: (message: ToSession) => void;
  onMessage(listener: (message: FromSession) => void): void;
  /** Called once, after the last message. */
  onExit(listener: (exit: SessionExit) => void): void;
  /** Ends the process at once, without a chance to save. */
  kill(): void;
}

export interface SessionHost {
  /** `environment` is added to what the session's process inherits. */
  start(environment?: Readonly<Record<string, string>>): SessionProcess;
}
