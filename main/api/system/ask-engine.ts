/** Asks a session of its own which engine and library it loads, but not for ever. */
import { Problem } from "../../spec/problem.ts";
import type { Job } from "../../training/messages.ts";
import type { OneShots } from "../sessions/one-shot.ts";

/** Milliseconds that loading TensorFlow may take; a driver that is stuck answers nothing at all. */
const longest = 2 * 60_000;

const silent = () =>
  new Problem(
    "engine.unavailable",
    "TensorFlow or the graphics driver did not answer within two minutes. Restart the machine, or start GAN Studio with CUDA_VISIBLE_DEVICES=-1 to do without the graphics processor.",
  );

/** `environment` is added to the session's. Throws `engine.unavailable`, or why the session died. */
export async function askEngine(
  oneShots: Pick<OneShots, "run">,
  engine: Extract<Job, { kind: "describe" }>["engine"],
  environment?: Readonly<Record<string, string>>,
) {
  const controller = new AbortController();
  const timer = setTimeout(() => {
    controller.abort(silent());
  }, longest);
  try {
    const { signal } = controller;
    return await oneShots.run({ kind: "describe", engine }, "described", { signal, environment });
  } finally {
    clearTimeout(timer);
  }
}
