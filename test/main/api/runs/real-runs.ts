/** Runs that are really trained, for what can be seen in whole runs only. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { openApi } from "../../../../main/api/open.ts";
import { createClient } from "../../../../main/contract/client.ts";
import type { RunStatus } from "../../../../main/contract/runs.ts";
import { decodeSafetensors } from "../../../../main/files/safetensors.ts";
import type { Specification } from "../../../../main/spec/specification.ts";
import { inProcessHost } from "../../../support/in-process-host.ts";
import { smallSpecification } from "../../../support/small-specification.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

export interface Mode {
  engine: "wasm" | "tensorflow";
  eager?: boolean;
}

export async function openReal(home = temporaryFolder()) {
  const api = await openApi({ home, sessions: inProcessHost });
  onTestFinished(() => api.close());
  const client = createClient(api);

  /** Resolves when the run that `go` starts or continues is over; it must finish. */
  const finished = async (go: () => Promise<{ id: string }>): Promise<string> => {
    const ends = new Map<string, RunStatus>();
    let id: string | null = null;
    const over = new Promise<RunStatus>((resolve) => {
      const stop = api.subscribe("run.changed", (run) => {
        if (!["finished", "stopped", "failed", "interrupted"].includes(run.status)) return;
        ends.set(run.id, run.status);
        if (run.id !== id) return;
        stop();
        resolve(run.status);
      });
    });
    ({ id } = await go());
    expect(ends.get(id) ?? (await over)).toBe("finished");
    return id;
  };
  const train = (specification: Specification, mode: Mode): Promise<string> =>
    finished(() => client.runs.start({ specification, ...mode }));

  /** A paused run that has done so many steps. */
  const pausedAfter = async (steps: number, specification: Specification, mode: Mode) => {
    for (;;) {
      const { id } = await client.runs.start({ specification, ...mode });
      await client.runs.pause({ id });
      let { step } = (await client.runs.get({ id })).run;
      // Tiny steps may be done before the wish arrives: then another run.
      if (step > steps) await client.runs.stop({ id });
      else {
        while (step < steps) [step = steps] = (await client.runs.step({ id })).steps;
        return id;
      }
    }
  };
  return { api, client, home, finished, train, pausedAfter };
}

export function tensorsOf(home: string, id: string, step: number) {
  const name = `step-${step.toString().padStart(9, "0")}.safetensors`;
  const path = join(home, "runs", id, "checkpoints", name);
  return decodeSafetensors(readFileSync(path), path).tensors;
}

/** Everything that reads data in an order of its own: shuffled, changed, a last batch that is smaller. */
export function tangledSpecification(loop: Partial<Specification["loop"]> = {}): Specification {
  const small = smallSpecification({ epochs: 4, ...loop });
  return {
    ...small,
    data: {
      ...small.data,
      source: { kind: "digits", count: 72, seed: 1 },
      augmentation: {
        ...{ kind: "affine", flip: false, rotation: 10, smallest: 0.9, largest: 1.1 },
        ...{ translation: 1, background: "black" },
      },
    },
    generatorAverage: { decay: 0.9 },
  };
}
