/** Runs with real sessions in real processes, and what tests wait for in them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { Api } from "../../../main/api/api.ts";
import { openApi } from "../../../main/api/open.ts";
import { nodeSessionHost } from "../../../main/api/sessions/node-host.ts";
import type { SessionHost, SessionProcess } from "../../../main/api/sessions/host.ts";
import { createClient, type Client } from "../../../main/contract/client.ts";
import type { RunStatus, RunSummary } from "../../../main/contract/runs.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { smallSpecification } from "../../support/small-specification.ts";

export const engine = "wasm";

/** A host that hands its processes to the test, so that it can end them. */
export function watchedHost(): { host: SessionHost; processes: SessionProcess[] } {
  const inner = nodeSessionHost();
  const processes: SessionProcess[] = [];
  return {
    processes,
    host: {
      start() {
        const process = inner.start();
        processes.push(process);
        return process;
      },
    },
  };
}

export async function openHistory(home = temporaryFolder(), sessions?: SessionHost) {
  const api = await openApi({ home, restarts: 0, ...(sessions && { sessions }) });
  onTestFinished(() => api.close());
  return { api, home, client: createClient(api) };
}

/** Resolves when the run has this status. */
export function until(api: Api, id: string, ...statuses: RunStatus[]): Promise<RunSummary> {
  return new Promise((resolve) => {
    const stop = api.subscribe("run.changed", (run) => {
      if (run.id !== id || !statuses.includes(run.status)) return;
      stop();
      resolve(run);
    });
  });
}

export async function finish(api: Api, client: Client, loop = {}): Promise<RunSummary> {
  const run = await client.runs.start({ specification: smallSpecification(loop), engine });
  return until(api, run.id, "finished", "failed");
}

export const checkpointBytes = (home: string, id: string, step: number) =>
  readFileSync(
    join(home, "runs", id, "checkpoints", `step-${step.toString().padStart(9, "0")}.safetensors`),
  );
