/**
 * A checkpoint: all that the next step depends on, in one file that any safetensors reader opens.
 * Random numbers and the place in the data follow from the seed and the step's number, so the
 * tensors, that number and the learning rates in force are enough.
 */
import { stateShapes, type Gan } from "../engine/gan.ts";
import type { HostTensors } from "../engine/tensors.ts";
import { damagedCheckpoint, readVerified } from "../files/read-verified.ts";
import { decodeSafetensors, encodeSafetensors } from "../files/safetensors.ts";
import { firstRates, type LearningRates } from "../spec/learning-rates.ts";
import { sameShape } from "../spec/shape.ts";
import type { CheckpointFile } from "./messages.ts";

const format = "gan-studio-checkpoint";
const version = "1";

export interface Snapshot {
  step: number;
  /** Length of the data set: with another one the same step stands at another place. */
  images: number;
  /** Before schedules; they may have been changed while the run trained. */
  learningRates: LearningRates;
  state: HostTensors;
  /** Of a generator that was taken in from an export: the rest of the state is as at a start. */
  generatorOnly?: boolean;
}

/** The file's bytes, in chunks. */
export function encodeCheckpoint(
  gan: Gan,
  { step, images, learningRates, state, generatorOnly = false }: Snapshot,
): Uint8Array[] {
  return encodeSafetensors(state, {
    format,
    version,
    step: step.toString(),
    images: images.toString(),
    learningRates: JSON.stringify(learningRates),
    specification: JSON.stringify(gan.specification),
    ...(generatorOnly && { holds: "generator" }),
  });
}

/**
 * Reads a checkpoint whose bytes must have this checksum and whose tensors must be those of `gan`.
 * Throws `checkpoint.damaged` when either does not hold.
 */
export async function readCheckpoint(
  gan: Gan,
  { path, sha256 }: CheckpointFile,
): Promise<Snapshot> {
  const damaged = (what: string) => damagedCheckpoint(path, what);
  const bytes = await readVerified(path, sha256);
  const { tensors, metadata } = decodeSafetensors(bytes, path);
  const step = Number(metadata.step);
  if (metadata.format !== format || metadata.version !== version || !Number.isSafeInteger(step)) {
    throw damaged("was written in another form than this version reads");
  }
  const learningRates = ratesOf(gan, metadata.learningRates);
  if (!learningRates) throw damaged("holds learning rates that are no numbers");
  for (const [name, shape] of Object.entries(stateShapes(gan))) {
    const tensor = tensors[name];
    if (!(tensor?.values instanceof Float32Array) || !sameShape(tensor.shape, shape)) {
      throw damaged(`lacks «${name}» in the form that the run's networks need`);
    }
  }
  const images = Number(metadata.images);
  const generatorOnly = metadata.holds === "generator";
  return { step, images, learningRates, state: tensors as HostTensors, generatorOnly };
}

/** Checkpoints from before rates could be changed hold none: the specification's are in force. */
function ratesOf(gan: Gan, stored: string | undefined): LearningRates | null {
  const first = firstRates(gan.specification.optimizers);
  if (stored === undefined) return first;
  try {
    const { generator, discriminator } = JSON.parse(stored) as Partial<LearningRates>;
    const isRate = (rate: unknown): rate is number => Number.isFinite(rate) && Number(rate) >= 0;
    return isRate(generator) && isRate(discriminator) ? { generator, discriminator } : null;
  } catch {
    return null;
  }
}
