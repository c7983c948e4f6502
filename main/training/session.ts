/** One session: takes its job from the first message, does it, reports, and is over. */
import { loadBackend } from "../engine/backend/backend.ts";
import { loadedLibrary } from "../engine/backend/loaded-library.ts";
import { reportOf } from "../spec/problem.ts";
import { bench } from "./bench.ts";
import { createControl, type Control } from "./control.ts";
import { evaluateCheckpoints } from "./evaluate.ts";
import { explore } from "./explore.ts";
import { createRequests, type Requests } from "./explore-requests.ts";
import { generate } from "./generate.ts";
import type { FromSession, Job, ToSession } from "./messages.ts";
import { train } from "./train.ts";
import { verify } from "./verify.ts";

/** Milliseconds that the owner gets for its goodbye. */
const patience = 5000;

/**
 * Answers the messages of one owner. `leave` is called when the job is over, well or not, and the
 * owner has said that everything arrived (or said nothing for a while).
 */
export function createSession(
  send: (message: FromSession) => void,
  leave: () => void,
): (message: ToSession) => void {
  const control = createControl();
  const requests = createRequests();
  let started = false;
  return (message) => {
    switch (message.type) {
      case "start":
        if (started) return;
        started = true;
        void runJob(message.job, { control, requests }, send).then(() =>
          setTimeout(leave, patience),
        );
        return;
      case "pause":
        control.pause();
        return;
      case "continue":
        control.continue();
        return;
      case "save":
        control.save();
        return;
      case "stop":
        control.stop();
        return;
      case "step":
        control.step();
        return;
      case "rates":
        control.setRates(message.rates);
        return;
      case "updates":
        control.setUpdates(message.discriminatorSteps);
        return;
      case "explore":
        requests.deliver(message.request);
        return;
      case "goodbye":
        leave();
        return;
    }
  };
}

async function runJob(
  job: Job,
  { control, requests }: { control: Control; requests: Requests },
  send: (message: FromSession) => void,
): Promise<void> {
  try {
    switch (job.kind) {
      case "train":
        await train(job, control, send);
        return;
      case "generate":
        await generate(job, send);
        return;
      case "bench":
        await bench(job, send);
        return;
      case "evaluate":
        await evaluateCheckpoints(job, send);
        return;
      case "verify":
        await verify(job, send);
        return;
      case "export": {
        // Loaded for this alone: the runtimes that check exports are large.
        const { exportRun } = await import("./export.ts");
        const exported = await exportRun(job, (stage) => {
          send({ type: "exporting", stage });
        });
        send({ type: "exported", exported });
        return;
      }
      case "adopt": {
        const { adopt } = await import("./adopt.ts");
        send({ type: "adopted", adopted: await adopt(job) });
        return;
      }
      case "explore":
        return await explore(job, requests, (report) => {
          send({ type: "explored", report });
        });
      case "describe":
        send({
          type: "described",
          engine: await loadBackend(job.engine),
          library: loadedLibrary(),
        });
        return;
    }
  } catch (thrown) {
    if (process.env.GAN_STUDIO_DEBUG) console.error(thrown);
    send({ type: "problem", problem: reportOf(thrown) });
  }
}
