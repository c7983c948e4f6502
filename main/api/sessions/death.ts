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
};

export function deathProblem({ code, signal, lastWords }: SessionExit): Problem {
  const cause =
    signal === null
      ? `it ended with exit code ${code === null ? "unknown" : code.toString()}`
      : (causes[signal] ?? `it was ended by ${signal}`);
  const telling = tellingLine(lastWords);
  const words = telling === "" ? "" : ` It said: ${telling}`;
  return new Problem("session.crashed", `The training process ended: ${cause}.${words}`);
}

/** Lines that tell nothing: places in code, Node's version, TensorFlow's greetings at its start. */
const idle = /^\s*(at |$)|^Node\.js v|^WARNING: All log messages before|^[IW]\d{4} /;

function tellingLine(text: string): string {
  const lines = text.split("\n").filter((line) => !idle.test(line));
  const line = lines.findLast((candidate) => /error|fatal|abort/i.test(candidate)) ?? lines.at(-1);
  return (line ?? "").trim().slice(0, 300);
}
