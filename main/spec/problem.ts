/**
 * The one error that people are shown. Inside, code branches on `code`; outside, `message` is a
 * sentence that says what happened, where, and what to do. Anything else that is thrown is a bug
 * and is reported as `internal`.
 */

export type ProblemCode =
  | "usage"
  | "preset.unknown"
  | "spec.invalid"
  | "spec.shape"
  | "data.unknown"
  | "data.missing"
  | "data.empty"
  | "data.format"
  | "data.mismatch"
  | "download.failed"
  | "download.cancelled"
  | "home.unwritable"
  | "home.locked"
  | "home.newer"
  | "home.damaged"
  | "home.foreign"
  | "run.unknown"
  | "run.state"
  | "run.nocheckpoint"
  | "run.diverged"
  | "checkpoint.damaged"
  | "bundle.invalid"
  | "bundle.newer"
  | "bundle.cancelled"
  | "bench.cancelled"
  | "evaluation.cancelled"
  | "engine.unavailable"
  | "engine.failed"
  | "engine.memory"
  | "session.crashed"
  | "session.unresponsive"
  | "export.unsupported"
  | "export.unreadable"
  | "export.mismatch"
  | "export.cancelled"
  | "file.exists"
  | "file.unwritable"
  | "disk.full"
  | "access.denied"
  | "unreachable"
  | "internal";

/** An error with a stable code and a sentence for the person who meets it. */
export class Problem extends Error {
  readonly code: ProblemCode;

  constructor(code: ProblemCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "Problem";
    this.code = code;
  }
}

/** What crosses a process or network boundary in place of an error. */
export interface ProblemReport {
  code: ProblemCode;
  message: string;
}

/** Reduces anything thrown to a report; what is not a `Problem` becomes `internal`. */
export function reportOf(thrown: unknown): ProblemReport {
  if (thrown instanceof Problem) return { code: thrown.code, message: thrown.message };
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    code: "internal",
    message: `Something went wrong inside GAN Studio: ${text}`,
  };
}
