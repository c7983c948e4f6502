/** Commands to a run that is being trained. Each answers once what was asked for is so. */
import type { Handlers } from "../../contract/commands.ts";
import { Problem } from "../../spec/problem.ts";
import { getRun } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";
import type { LiveSession } from "./live-session.ts";

type Steering = Pick<Handlers, "runs.pause" | "runs.continue" | "runs.stop" | "runs.save">;

export function steeringHandlers({ home, live }: ApiContext): Steering {
  const liveOf = (id: string): LiveSession => {
    const session = live.get(id);
    if (session) return session;
    const { status } = getRun(home, id);
    throw new Problem("run.state", `The run ${id} is not being trained now; it is ${status}.`);
  };

  /** A wish that another has overtaken counts as done: nobody waits for it. */
  const ask = (session: LiveSession, wish: LiveSession["wish"]) => {
    session.wish = wish;
    session.send({ type: wish === "paused" ? "pause" : "continue" });
    return session.until(() => session.status() === wish || session.wish !== wish);
  };

  return {
    "runs.pause": ({ id }) => ask(liveOf(id), "paused"),
    "runs.continue": ({ id }) => ask(liveOf(id), "running"),

    "runs.stop"({ id }) {
      const session = liveOf(id);
      session.send({ type: "stop" });
      return session.over;
    },

    "runs.save"({ id }) {
      const session = liveOf(id);
      const before = session.saves();
      session.send({ type: "save" });
      return session.until(() => session.saves() > before);
    },
  };
}
