/**
 * Starts a run and accompanies it to its end. Ctrl-C saves and stops it the first time and leaves the
 * program at once the second time.
 */
import type { Client } from "../contract/client.ts";
import type { RunSummary } from "../contract/runs.ts";
import { equilibriumOf } from "../spec/equilibria.ts";
import { Problem } from "../spec/problem.ts";
import type { Product } from "./command.ts";
import { createReporter } from "./progress.ts";
import type { Shell } from "./shell.ts";
import { createWatcher } from "./watch.ts";

/** Resolves with the run's last state, however it ended. Rejects when `start` does. */
export async function follow(
  shell: Shell,
  { api, client }: Product,
  start: () => Promise<RunSummary>,
): Promise<RunSummary> {
  const reporter = await createReporter(shell);
  const watcher = createWatcher(reporter);
  const { promise: refused, reject: refuse } = Promise.withResolvers<never>();
  let id: string | null = null;
  let interrupted = false;
  const wasInterrupted = () => interrupted;
  const stop = () => {
    if (id !== null) stopRun(client, id).catch(refuse);
  };
  const ends = [
    api.subscribe("run.progress", watcher.progress),
    api.subscribe("run.changed", watcher.changed),
    api.subscribe("run.event", watcher.event),
    shell.onInterrupt(() => {
      if (interrupted) {
        reporter.end();
        shell.leave(1);
        return;
      }
      interrupted = true;
      reporter.line("Saving and stopping. Press Ctrl-C again to leave at once.");
      stop();
    }),
  ];
  try {
    const run = await start();
    id = run.id;
    // Ctrl-C may have come before there was anything to stop.
    if (wasInterrupted()) stop();
    const { specification } = await client.runs.get({ id });
    reporter.line(`Run ${run.id}: ${run.preset ?? run.name} on ${run.dataset}.`);
    watcher.begin(run, equilibriumOf(specification.loss));
    await Promise.race([watcher.over, refused]);
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
