/** How a session's process ended without finishing its job, in a sentence. */
import { Problem } from "../../spec/problem.ts";
import type { SessionExit } from "./host.ts";

const causes: Record<string, string> = {
  SIGKILL: "it was killed, most likely because the machine ran out of memory",
  SIGSEGV: "it crashed in native code (segmentation fault)",
  SIGABRT: "native code gave up (abort); TensorFlow does so when it runs out of memory",
  SIGBUS: "it crashed in native code (bus error)",
  SIGILL: "this processor lacks an instruction that the library needs",
  SIGTERM: "it was asked to end by the system",
  SIGINT: "it was interrupted",
};

/** What is kept is said by the run's status; this says why it ended. */
export function deathProblem({ code, signal, lastWords }: SessionExit): Problem {
  const cause =
    signal === null
      ? `it ended with exit code ${code === null ? "unknown" : code.toString()}`
      : (causes[signal] ?? `it was ended by ${signal}`);
  const last = lastWords.split("\n").at(-1)?.slice(0, 300) ?? "";
  const words = last === "" ? "" : ` Its last line was: ${last}`;
  return new Problem(
    "session.crashed",
    `The training process ended: ${cause}. Everything up to the last checkpoint is kept; resume the run to go on.${words}`,
  );
}
