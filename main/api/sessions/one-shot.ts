/** Jobs that answer once: new images, a benchmark, a look at the machine. */
import { Problem } from "../../spec/problem.ts";
import type { FromSession, Job } from "../../training/messages.ts";
import { deathProblem } from "./death.ts";
import type { SessionHost } from "./host.ts";

type Answer = Extract<FromSession, { type: "generated" | "benched" | "ready" }>;

/** The job's last answer of this type. Rejects with the session's problem, or why it died. */
export function runOnce<Type extends Answer["type"]>(
  host: SessionHost,
  job: Job,
  type: Type,
): Promise<Extract<Answer, { type: Type }>> {
  return new Promise((resolve, reject) => {
    const session = host.start();
    session.onMessage((message) => {
      if (message.type === type) resolve(message as Extract<Answer, { type: Type }>);
      if (message.type === "problem") {
        reject(new Problem(message.problem.code, message.problem.message));
      }
    });
    // Does nothing where an answer came before.
    session.onExit((exit) => {
      reject(deathProblem(exit));
    });
    session.send({ type: "start", job });
  });
}
