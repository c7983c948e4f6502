/**
 * Whether the comparison of resumed runs would notice: each kind of state is put back in turn to what it
 * was at the start, as if the checkpoint had forgotten it, and the run must then end differently.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { loadBackend } from "../../../main/engine/backend/backend.ts";
import { buildGan, initialState } from "../../../main/engine/gan.ts";
import type { HostTensors } from "../../../main/engine/tensors.ts";
import { decodeSafetensors, encodeSafetensors } from "../../../main/files/safetensors.ts";
import { checkpointFile } from "../../../main/files/run-files.ts";
import {
  batchNorm,
  dense,
  dropout,
  flatten,
  leakyRelu,
  reshape,
  tanh,
} from "../../../main/spec/layers/shorthand.ts";
import { parseSpecification, type Specification } from "../../../main/spec/specification.ts";
import type { CheckpointFile } from "../../../main/training/messages.ts";
import { engines } from "../../support/engines.ts";
import { smallSpecification } from "../../support/small-specification.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import {
  checkpointAt,
  sitting,
  sourceFor,
  stepsPerEpoch,
  type Computing,
} from "./support/sittings.ts";

const engine = engines.find(({ missing }) => !missing)?.name ?? "wasm";
const computing: Computing = { engine, eager: true };

/** Inside the first epoch; not after the first step, when the slots still follow from it alone. */
const stop = 2;

/** A small run that has every kind of state, and whatever is drawn by chance. */
function everything(folder: string): Specification {
  const small = smallSpecification({ batchSize: 4, epochs: 2 });
  const of = (place: Partial<Specification["loop"]>) => ({ ...small.loop, ...place });
  const loop = of({ discriminatorSteps: 2, generatorNoise: "reused" });
  const schedule = { kind: "multiStep", milestones: [1], factor: 0.5 } as const;
  return parseSpecification({
    ...small,
    loop,
    data: {
      ...small.data,
      source: sourceFor(folder, { ...small, loop }),
      augmentation: {
        ...{ kind: "affine", flip: true, rotation: 10, smallest: 0.8, largest: 1.2 },
        ...{ translation: 2, background: "black" },
      },
    },
    generator: {
      layers: [dense(8), batchNorm(), leakyRelu(0.2), dense(784), tanh, reshape(28, 28, 1)],
    },
    discriminator: {
      layers: [
        ...[flatten, { ...dense(8), spectralNorm: true }, batchNorm(), leakyRelu(0.2)],
        ...[dropout(0.3), dense(1)],
      ],
    },
    loss: { ...small.loss, flipRate: 0.1 },
    optimizers: {
      generator: {
        ...{ kind: "adam", learningRate: 2e-2, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
        schedule,
      },
      discriminator: { kind: "sgd", learningRate: 1e-1, momentum: 0.9, nesterov: true, schedule },
    },
    generatorAverage: { decay: 0.9 },
  });
}

/** The variables' names without the layer's number: «generator.kernel/m». */
const kindOf = (name: string): string => name.replace(/\.\d+\./, ".").replace(/\d+/g, "");

describe(`the comparison of resumed runs, on ${engine},`, () => {
  beforeAll(() => loadBackend(engine));

  it("notices each kind of state that a checkpoint lacks", { timeout: 120_000 }, async () => {
    const folder = temporaryFolder();
    const specification = everything(folder);
    const end = `state at ${2 * stepsPerEpoch}`;
    const images = `images at ${2 * stepsPerEpoch}`;
    const whole = await sitting(join(folder, "whole"), specification, computing);
    const half = join(folder, "half");
    await sitting(half, specification, computing, { stopAfter: stop });
    const original = checkpointAt(half, stop);
    const { tensors, metadata } = decodeSafetensors(readFileSync(original.path), original.path);
    const state = tensors as HostTensors;
    const initial = initialState(buildGan(specification));

    let count = 0;
    const resumed = async (
      changedState: HostTensors,
      changes: Record<string, string> = {},
      of = specification,
    ) => {
      const home = join(folder, `changed-${++count}`);
      const from = written(home, changedState, {
        ...Object.fromEntries(Object.entries(metadata)),
        ...changes,
      });
      return sitting(home, of, computing, { from });
    };

    const same = await resumed(state);
    expect(same[end]).toBe(whole[end]);
    expect(same[images]).toBe(whole[images]);

    const kinds = [...new Set(Object.keys(state).map(kindOf))];
    expect(kinds).toEqual(
      expect.arrayContaining([
        ...["generator.kernel", "generator.kernel/m", "generator.kernel/v", "generator/updates"],
        ...["generator.movingMean", "generator.kernel/average", "generator.movingMean/average"],
        ...["discriminator.u", "discriminator.kernel/velocity", "discriminator/updates"],
      ]),
    );
    for (const kind of kinds) {
      const forgotten = Object.entries(state).map(([name, tensor]) => [
        name,
        kindOf(name) === kind ? initial[name] : tensor,
      ]);
      const traces = await resumed(Object.fromEntries(forgotten) as HostTensors);
      expect(traces[end], kind).not.toBe(whole[end]);
    }

    const shifted = await resumed(state, { step: String(stop + 1) });
    expect(shifted[images], "the step's number").not.toBe(whole[images]);

    const faster = JSON.stringify({ generator: 4e-2, discriminator: 1e-1 });
    const rates = await resumed(state, { learningRates: faster });
    expect(rates[images], "learning rates").not.toBe(whole[images]);

    const source = sourceFor(folder, specification, 2);
    const others = { ...specification, data: { ...specification.data, source } };
    const images2 = (await resumed(state, {}, others))[images];
    expect(images2, "other images at the same places").not.toBe(whole[images]);
    const unshuffled = { ...specification, data: { ...specification.data, shuffle: false } };
    const order = (await resumed(state, {}, unshuffled))[images];
    expect(order, "another order of the images").not.toBe(whole[images]);
  });
});

function written(
  home: string,
  state: HostTensors,
  metadata: Record<string, string>,
): CheckpointFile {
  const path = join(home, checkpointFile(stop));
  mkdirSync(dirname(path), { recursive: true });
  const bytes = Buffer.concat([...encodeSafetensors(state, metadata)]);
  writeFileSync(path, bytes);
  return { path, sha256: createHash("sha256").update(bytes).digest("hex") };
}
