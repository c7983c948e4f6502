/** Commands to a run that is being trained. Each answers once what was asked for is so. */
import type { Handlers } from "../../contract/commands.ts";
import { rateEvent, wordsOf, type NewRates } from "../../spec/learning-rates.ts";
import { Problem } from "../../spec/problem.ts";
import { listCheckpoints } from "../../store/checkpoints.ts";
import { getRun, type RunRow } from "../../store/runs.ts";
import type { ApiContext } from "../context.ts";
import { setUpdates } from "./family-updates.ts";
import type { LiveSession } from "./live-session.ts";
import { recordEvent } from "./record.ts";
import { columnsOf } from "./shapes.ts";

type Steering = Pick<
  Handlers,
  "runs.pause" | "runs.continue" | "runs.stop" | "runs.save" | "runs.step" | "runs.set"
>;

export function steeringHandlers(context: ApiContext): Steering {
  const { home, live } = context;
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
    return session
      .until(() => session.status() === wish || session.wish !== wish)
      .then(roomFor(wish));
  };

  return {
    "runs.pause": ({ id }) => ask(liveOf(id), "paused"),
    "runs.continue": ({ id }) => ask(liveOf(id), "running"),

    "runs.stop"({ id }) {
      const session = liveOf(id);
      session.send({ type: "stop" });
      return session.over;
    },

    async "runs.save"({ id }) {
      const session = liveOf(id);
      const before = session.saves().answered;
      session.send({ type: "save" });
      const run = await session.until(() => session.saves().answered > before);
      const { answered, isKept } = session.saves();
      // An orderly end has saved as well.
      const isSaved = run.status === "finished" || run.status === "stopped";
      if (answered === before && !isSaved) {
        const why = run.reason ?? "Its training process ended before it was saved.";
        throw new Problem(run.code ?? "run.state", why);
      }
      if (!isKept) {
        throw new Problem(
          "run.diverged",
          "Nothing was saved: a weight is no longer a finite number. The last checkpoint is kept; start a new run like this with smaller learning rates.",
        );
      }
      return run;
    },

    async "runs.step"({ id }) {
      const session = liveOf(id);
      if (session.status() !== "paused" || session.wish !== "paused") {
        throw new Problem(
          "run.state",
          `The run ${id} is not paused; pause it first. Single steps are done while it stands still.`,
        );
      }
      const { count } = session.singleSteps();
      const isOver = () => session.singleSteps().count > count || session.wish !== "paused";
      session.send({ type: "step" });
      const run = await session.until(isOver);
      const { count: done, last } = session.singleSteps();
      if (done > count && last) return columnsOf([last]);
      const why = run.reason ?? "It was continued or stopped before the step was done.";
      throw new Problem(run.code ?? "run.state", why);
    },

    async "runs.set"({ id, learningRates, discriminatorSteps }) {
      const isRateGiven =
        learningRates?.generator !== undefined || learningRates?.discriminator !== undefined;
      if (!isRateGiven && discriminatorSteps === undefined) {
        throw new Problem(
          "usage",
          "Give a learning rate for the generator, the discriminator, or both; or the number of discriminator updates a step.",
        );
      }
      // First, because it is what may be refused.
      if (discriminatorSteps !== undefined) {
        const run = await setUpdates(context, id, discriminatorSteps);
        if (!isRateGiven) return run;
      }
      if (!learningRates) return getRun(home, id);
      const session = live.get(id);
      if (session) {
        const before = session.rateChanges();
        session.send({ type: "rates", rates: learningRates });
        const run = await session.until(() => session.rateChanges() > before);
        if (session.rateChanges() > before) return run;
      }
      setForLater(context, id, learningRates);
      return getRun(home, id);
    },
  };
}

/** Who asks a run to go on hears when the disk is still full. */
const roomFor =
  (wish: LiveSession["wish"]) =>
  (run: RunRow): RunRow => {
    if (wish === "running" && run.status === "paused" && run.code === "disk.full")
      throw new Problem("disk.full", run.reason ?? "The disk is full.");
    return run;
  };

/** A run that has ended takes new rates at the checkpoint from which it will go on. */
function setForLater(context: ApiContext, id: string, rates: NewRates): void {
  getRun(context.home, id);
  const from = (listCheckpoints(context.home, id).at(-1)?.step ?? 0) + 1;
  recordEvent(context, id, rateEvent, wordsOf(rates), from);
}
