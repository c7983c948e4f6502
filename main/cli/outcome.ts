/** What a command leaves behind, and how that and its failures are told to people and to programs. */
import { reportOf, type ProblemCode, type ProblemReport } from "../spec/problem.ts";
import type { Interrupt } from "./shell.ts";

export interface Outcome {
  /** The document that `--json` prints; absent when the command has printed it itself. */
  json?: unknown;
  /** What people read; may be empty. */
  text: string;
  /** False when the command did its part but what it ran failed. Default: true. */
  succeeded?: boolean;
  /** True where Ctrl-C is how the command ends, and not its interruption. */
  endsByInterrupt?: true;
}

export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** 128 and the number of the signal, as shells have it. */
export const interruptCodes: Readonly<Record<Interrupt, number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** What was typed is wrong in itself, whatever the files and the data folder hold. */
const usageCodes: ReadonlySet<ProblemCode> = new Set(["usage", "preset.unknown"]);

/** A work that was called off, and left nothing behind. */
export const isCalledOff = ({ code }: ProblemReport): boolean => code.endsWith(".cancelled");

export const exitCodeOf = ({ code }: ProblemReport): number =>
  usageCodes.has(code) ? exitCodes.usage : exitCodes.failed;

/** What JSON lets stand as it is, though it may steer a terminal. */
const unseen = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** A document of one line or many: JSON has no NaN, so a diverged loss is null in it. */
export const jsonDocument = (value: unknown): string =>
  `${JSON.stringify(value, null, 2)}\n`.replace(
    unseen,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** The sentence of an error; with `GAN_STUDIO_DEBUG=1` the place in the program as well. */
export function sentenceOf(thrown: unknown, debug: boolean): string {
  if (debug && thrown instanceof Error) return thrown.stack ?? thrown.message;
  return reportOf(thrown).message;
}
