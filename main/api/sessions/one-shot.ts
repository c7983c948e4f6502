/** Jobs that answer once: new images, a benchmark, a look at the machine. */
import { Problem } from "../../spec/problem.ts";
import type { FromSession, Job } from "../../training/messages.ts";
import { closingProblem } from "../closing.ts";
import { deathProblem } from "./death.ts";
import { sayGoodbye } from "./farewell.ts";
import type { SessionHost, SessionProcess } from "./host.ts";

type Answer = Extract<
  FromSession,
  {
    type: "generated" | "benched" | "described" | "verified" | "evaluated" | "exported" | "adopted";
  }
>;

/** For jobs that take long. */
interface OneShotWatch {
  /** Ends the process; the job then rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** Added to the process's environment. */
  environment?: Readonly<Record<string, string>> | undefined;
  /** Everything that the session tells. */
  onMessage?: ((message: FromSession) => void) | undefined;
}

export interface OneShots {
  /** The job's answer of this type. Rejects with the session's problem, or why it died. */
  run<Type extends Answer["type"]>(
    job: Job,
    type: Type,
    watch?: OneShotWatch,
  ): Promise<Extract<Answer, { type: Type }>>;
  /** Ends all that are running, whose callers get `session.crashed`; none begins after it. */
  end(): void;
}

export function createOneShots(host: SessionHost): OneShots {
  const running = new Set<SessionProcess>();
  let hasEnded = false;
  return {
    run: (job, type, { signal, environment, onMessage } = {}) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        // What was being prepared when the api closed.
        if (hasEnded) throw closingProblem();
        const session = host.start(environment);
        running.add(session);
        const callOff = () => {
          // Always a `Problem` here; the type is the platform's.
          reject(signal?.reason as Error);
          session.kill();
        };
        signal?.addEventListener("abort", callOff, { once: true });
        session.onMessage((message) => {
          onMessage?.(message);
          if (message.type === type) resolve(message as Extract<Answer, { type: typeof type }>);
          else if (message.type === "problem") {
            reject(new Problem(message.problem.code, message.problem.message));
          } else return;
          sayGoodbye(session);
        });
        session.onExit((exit) => {
          running.delete(session);
          signal?.removeEventListener("abort", callOff);
          // Does nothing where an answer came before.
          reject(deathProblem(exit));
        });
        session.send({ type: "start", job });
      }),
    end() {
      hasEnded = true;
      for (const session of running) session.kill();
    },
  };
}
