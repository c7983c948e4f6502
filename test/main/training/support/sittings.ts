/**
 * A training job in sittings: the real one, from its data to its checkpoints, but in this process, and
 * interrupted after given steps. All that a run leaves is kept for comparison, down to the bit.
 */
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EngineName } from "../../../../main/engine/backend/backend.ts";
import { encodeNpy } from "../../../../main/files/npy.ts";
import { checkpointFile } from "../../../../main/files/run-files.ts";
import { uniform } from "../../../../main/random/philox.ts";
import type { DataSource } from "../../../../main/spec/data.ts";
import { parseSpecification, type Specification } from "../../../../main/spec/specification.ts";
import { createRunFolder } from "../../../../main/store/layout.ts";
import { createControl, type Control } from "../../../../main/training/control.ts";
import type { CheckpointFile, FromSession } from "../../../../main/training/messages.ts";
import { train } from "../../../../main/training/train.ts";
import { scaledDown } from "../../../support/scaled-down.ts";

/** Everything that a course of steps leaves, by name: each is equal in two runs, or they differ. */
export type Traces = Record<string, string>;

export interface Computing {
  engine: EngineName;
  eager: boolean;
}

export const stepsPerEpoch = 3;

/** Random colour pictures in a NumPy file, or drawn digits where they have the right size. */
export function sourceFor(
  folder: string,
  { image, loop }: Specification,
  seed = 1,
): Extract<DataSource, { kind: "digits" | "npy" }> {
  // One image too few, so that the last batch of an epoch is smaller where it is not dropped.
  const whole = loop.batchSize * loop.discriminatorSteps * stepsPerEpoch;
  const count = loop.lastBatch === "keep" ? whole - 1 : whole;
  const { height, width, channels } = image;
  if (height === 28 && width === 28 && channels === 1) return { kind: "digits", count, seed };
  const path = join(folder, `pictures-${seed}.npy`);
  const pixels = Uint8Array.from(uniform([seed, 0], count * height * width * channels), (value) =>
    Math.floor(value * 256),
  );
  writeFileSync(path, encodeNpy({ count, ...image, pixels }));
  return { kind: "npy", path };
}

/** Tiny, with epochs of three steps; `epochs` of them. */
export function tiny(folder: string, preset: Specification, epochs = 2): Specification {
  const small = scaledDown(preset, 4);
  return parseSpecification({
    ...small,
    data: {
      ...small.data,
      source: sourceFor(folder, small),
      ...{ offset: 0, training: null, validation: 0 },
    },
    loop: { ...small.loop, epochs, steps: null },
    outputs: {
      fixedSamples: small.conditioning?.classes ?? 4,
      sampleAtSteps: [],
      measureEvery: 1,
      evaluateEvery: null,
      stopAfter: null,
      features: null,
    },
  });
}

/** Trains until `stopAfter` steps are done, or to the end. Returns all that this sitting left. */
export async function sitting(
  home: string,
  specification: Specification,
  computing: Computing,
  { from = null, stopAfter = Infinity }: { from?: CheckpointFile | null; stopAfter?: number } = {},
): Promise<Traces> {
  const traces: Traces = {};
  let done = 0;
  const send = (message: FromSession) => {
    if (message.type === "problem") throw new Error(message.problem.message);
    if (message.type !== "commit") return;
    const { commit } = message;
    for (const { step, values } of commit.measurements)
      traces[`measured at ${step}`] = Buffer.from(
        Float64Array.from(Object.values(values)).buffer,
      ).toString("hex");
    for (const { step, sha256 } of commit.samples) traces[`images at ${step}`] = sha256;
    if (commit.checkpoint) traces[`state at ${commit.checkpoint.step}`] = commit.checkpoint.sha256;
    done = commit.step;
  };
  const folder = createRunFolder(home, "run");
  const start = from ? Number(/step-(\d+)/.exec(from.path)?.[1]) : 0;
  const job = { kind: "train", specification, ...computing, folder, from } as const;
  await train({ ...job, cache: join(home, "cache") }, stoppingAt(stopAfter - start), send);
  const expected = Math.min(stopAfter, stepsPerEpoch * specification.loop.epochs);
  if (done !== expected) throw new Error(`it stands at step ${done} instead of ${expected}`);
  return traces;
}

/** Asked to stop as its owner would ask it, once so many steps are done. */
function stoppingAt(steps: number): Control {
  const control = createControl();
  let looks = 0;
  return {
    ...control,
    untilWanted() {
      // The loop looks once before each step.
      if (looks++ === steps) control.stop();
      return control.untilWanted();
    },
  };
}

/** What the sitting before left at `step`, to go on from. */
export function checkpointAt(home: string, step: number): CheckpointFile {
  const path = join(home, "runs", "run", checkpointFile(step));
  return { path, sha256: createHash("sha256").update(readFileSync(path)).digest("hex") };
}

/** In how many sittings as `stops` has steps, and one more to the end. */
export async function inSittings(
  home: string,
  specification: Specification,
  computing: Computing,
  stops: readonly number[],
): Promise<Traces> {
  const traces: Traces = {};
  let from: CheckpointFile | null = null;
  for (const stop of stops) {
    Object.assign(traces, await sitting(home, specification, computing, { from, stopAfter: stop }));
    from = checkpointAt(home, stop);
  }
  return Object.assign(traces, await sitting(home, specification, computing, { from }));
}
