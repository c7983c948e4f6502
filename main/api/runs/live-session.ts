/** A training session as the commands see it. */
import type { RunRow } from "../../store/runs.ts";
import type { Measurement, ToSession } from "../../training/messages.ts";

export interface LiveSession {
  readonly run: string;
  /** As last stored. */
  status(): RunRow["status"];
  /** That it waits for room on a disk so full that this could not be stored; else null. */
  standstill(): Pick<RunRow, "status" | "reason" | "code"> | null;
  /** Of `continue` throws `disk.full` when there is still no room for what waits. */
  send(message: ToSession): void;
  /** Ends the process at once; the run is then `interrupted`. */
  abandon(): void;
  /** How many requests to save have been answered, and whether the last one's state was kept. */
  saves(): { answered: number; isKept: boolean };
  /** How many single steps have been done, and what the last one measured. */
  singleSteps(): { count: number; last: Measurement | null };
  /** How many changes of learning rates have been taken and stored. */
  rateChanges(): number;
  /** The same of discriminator updates a step. */
  updatesChanges(): number;
  /** Whether it was last asked to pause or to go on. */
  wish: "paused" | "running";
  /** Measured since the last commit: a page that opens now must see them. */
  tail(): readonly Measurement[];
  /** Resolves with the run once the condition holds after a message, or when the session is over. */
  until(condition: () => boolean): Promise<RunRow>;
  /** Resolves with the run when its session is over. */
  over: Promise<RunRow>;
}
