/**
 * Starts a run and accompanies it to its end. Ctrl-C saves and stops it the first time and leaves the
 * program at once the second time.
 */
import type { Client } from "../contract/client.ts";
import type { RunSummary } from "../contract/runs.ts";
import { equilibriumOf } from "../spec/equilibria.ts";
import { Problem } from "../spec/problem.ts";
import type { Product } from "./command.ts";
import { interruptCodes } from "./outcome.ts";
import { createReporter } from "./progress.ts";
import { evaluationLine } from "./evaluation-text.ts";
import type { Shell } from "./shell.ts";
import { waitForRoom } from "./wait-for-room.ts";
import { createWatcher, ended } from "./watch.ts";

/**
 * Resolves with the run's last state, however it ended. Rejects when `start` does. `halt` is what
 * Ctrl-C asks for; the run is stopped where none is given.
 */
export async function follow(
  shell: Shell,
  { api, client }: Product,
  start: () => Promise<RunSummary>,
  halt?: (run: RunSummary) => Promise<unknown>,
): Promise<RunSummary> {
  const reporter = await createReporter(shell);
  const watcher = createWatcher(reporter);
  const { promise: refused, reject: refuse } = Promise.withResolvers<never>();
  let followed: RunSummary | null = null;
  let interrupted = false;
  let evaluating = false;
  const wasInterrupted = () => interrupted;
  const stop = () => {
    if (followed === null) return;
    // The run may be over, and only its last evaluation be waited for.
    if (evaluating) void client.runs.cancelEvaluation({ id: followed.id }).catch(refuse);
    else (halt ? halt(followed) : stopRun(client, followed.id)).catch(refuse);
  };
  const room = waitForRoom(client, reporter);
  const ends = [
    room.end,
    api.subscribe("run.changed", (run) => {
      if (run.id === followed?.id) room.changed(run);
    }),
    api.subscribe("run.progress", watcher.progress),
    api.subscribe("run.changed", watcher.changed),
    api.subscribe("run.event", watcher.event),
    api.subscribe("run.evaluated", (told) => {
      if (told.id === followed?.id) reporter.line(evaluationLine(told.evaluation));
    }),
    shell.onInterrupt((signal) => {
      if (interrupted) {
        reporter.end();
        shell.leave(interruptCodes[signal]);
        return;
      }
      interrupted = true;
      reporter.line("Saving and stopping. Press Ctrl-C again to leave at once.");
      stop();
    }),
  ];
  try {
    const run = await start();
    const { id } = run;
    followed = run;
    // Ctrl-C may have come before there was anything to stop.
    if (wasInterrupted()) stop();
    const { specification } = await client.runs.get({ id });
    reporter.line(`Run ${run.id}: ${run.preset ?? run.name} on ${run.dataset}.`);
    watcher.begin(run, equilibriumOf(specification.loss));
    // Of a group: it may have ended before anyone listened.
    if (ended.has(run.status)) watcher.changed(run);
    await Promise.race([watcher.over, refused]);
    if (specification.outputs.evaluateEvery !== null && !wasInterrupted()) {
      // They are computed beside the training, and may be behind it.
      evaluating = true;
      await Promise.race([client.runs.evaluations({ id, settled: true }), refused]);
    }
    return (await client.runs.get({ id })).run;
  } finally {
    for (const end of ends) end();
    reporter.end();
  }
}

async function stopRun(client: Client, id: string): Promise<void> {
  try {
    await client.runs.stop({ id });
  } catch (thrown) {
    // It may have ended by itself in the meantime.
    if (!(thrown instanceof Problem && thrown.code === "run.state")) throw thrown;
  }
}
