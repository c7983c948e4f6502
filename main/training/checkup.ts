/**
 * Checkups of a run while it trains, for the Doctor: a few images are drawn and looked at, beside the
 * training and without touching it. Which steps get one follows from the step's number and what is
 * measured anyway: of the fastest presets it takes some hundredths of the first steps' time, of others
 * and later less.
 */
import type { Dataset } from "../data/dataset.ts";
import { toUnitRange } from "../engine/pixels.ts";
import type { Gan } from "../engine/gan.ts";
import { inspect, inspectedVariables, type LabelledPixels } from "../engine/inspect.ts";
import { latentVectors, sheetLabels } from "../engine/latent.ts";
import type { Trainer } from "../engine/trainer.ts";
import { distancesIn, imbalanceOf, rangeOf, saturation, variety } from "../metrics/doctor/sheet.ts";
import { streamSeed } from "../random/streams.ts";
import type { Split } from "../spec/data.ts";
import type { Checkup } from "../spec/doctor/checkup.ts";

/** Looks at a trainer between two steps; null where that did not work. */
export type Checkups = (trainer: Trainer) => Promise<Checkup | null>;

/** Most images that are looked at: enough for a mean, few enough for no one to notice. */
const most = 64;
/** Values that one set of such images may have; of large images fewer are taken. */
const largest = 64 * 4096;
/** Fewer are no sample. */
const fewest = 8;

/**
 * Whether it is time for one after step number `step`; `last`: the step of the one before, or that the
 * session began with. In the first steps of a run much happens; later, less often.
 */
export const isCheckupDue = (step: number, last: number): boolean =>
  step - last >= (step <= 300 ? 50 : step <= 2000 ? 250 : 500);

/** Null for a data set or images that are too few to say anything. */
export async function createCheckups(
  gan: Gan,
  dataset: Dataset,
  { training, validation }: Split,
): Promise<Checkups | null> {
  const { specification } = gan;
  const { height, width, channels } = specification.image;
  const room = Math.max(fewest, Math.floor(largest / (height * width * channels)));
  const count = Math.min(most, room, training.count);
  if (count < fewest) return null;

  const imagesOf = async ({ start, count: of }: Split["training"]): Promise<LabelledPixels> => {
    const places = Uint32Array.from(
      { length: count },
      (_, i) => start + Math.floor((i * of) / count),
    );
    const all = specification.conditioning ? dataset.labels : null;
    return {
      pixels: toUnitRange(await dataset.read(places)),
      labels: all && Uint8Array.from(places, (place) => all[place] as number),
    };
  };
  const trained = await imagesOf(training);
  const heldOut = validation.count >= count ? await imagesOf(validation) : null;
  const labels = sheetLabels(specification, count) ?? null;
  const fixed = streamSeed(specification.seed, "fixed samples");
  const inputs = {
    latent: latentVectors(specification.latent, count, fixed),
    ...{ labels, count, trained, heldOut },
  };
  const real = distancesIn({ ...trained, count });
  const { low, high } = rangeOf(trained.pixels);
  const { start, count: images } = training;
  const known = {
    saturatedReal: saturation(trained.pixels),
    ...{ realLow: low, realHigh: high },
    imbalance: dataset.labels ? imbalanceOf(dataset.labels.subarray(start, start + images)) : NaN,
  };
  const names = inspectedVariables(gan);
  const look = async (trainer: Trainer): Promise<Checkup> => {
    const seen = await inspect(gan, await trainer.read(names), inputs);
    const { scoreTrained, scoreHeldOut, scoreSampled, deadGenerator, deadDiscriminator } = seen;
    return {
      ...variety({ pixels: seen.images, count, labels }, real),
      saturatedGenerated: saturation(seen.images),
      ...known,
      ...{ scoreTrained, scoreHeldOut, scoreSampled, deadGenerator, deadDiscriminator },
      criticSlope: seen.slope,
    };
  };
  let works = true;
  return async (trainer) => {
    if (!works) return null;
    try {
      return await look(trainer);
    } catch (thrown) {
      // A device that has just enough memory to train on must go on training.
      works = false;
      if (process.env.GAN_STUDIO_DEBUG) console.error(thrown);
      return null;
    }
  };
}
