/** What becomes of a program whose output cannot be written. */
import { exitCodes } from "./outcome.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "there is no room left on the disk",
  EDQUOT: "your share of the disk is used up",
  EIO: "the device reports an error",
};

/** The exit code, and the sentence to say; null where nothing is wrong. */
export function failedOutput({ code, message }: NodeJS.ErrnoException): {
  code: number;
  sentence: string | null;
} {
  // «gan-studio runs | head» ends the pipe early; that is no error.
  if (code === "EPIPE") return { code: exitCodes.done, sentence: null };
  const reason = reasons[code ?? ""] ?? message;
  return {
    code: exitCodes.failed,
    sentence: `The output could not be written: ${reason}. What is there of it is not complete.`,
  };
}
