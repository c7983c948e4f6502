/** The product behind every shell: a transport whose commands are answered in this process. */
import type { Transport } from "../contract/transport.ts";

export interface Api extends Transport {
  /** What had to be mended when the data folder was opened, as sentences. */
  readonly notices: readonly string[];
  /** For transports: the command's name and payload are whatever the other side sent. */
  dispatch(command: string, payload: unknown): Promise<unknown>;
  /**
   * Stops every live session after a save, then gives the data folder free. Safe to call twice. What is
   * not saved after `patience` milliseconds (a minute when not given) is ended, and its run interrupted.
   */
  close(patience?: number): Promise<void>;
}
