/** Batches of random pixels for a step, the same for the same step's number. */
import type { StepFeed } from "../../main/engine/trainer.ts";
import { uniform } from "../../main/random/philox.ts";
import { streamSeed } from "../../main/random/streams.ts";
import { shapeOfImage, sizeOf } from "../../main/spec/shape.ts";
import type { Specification } from "../../main/spec/specification.ts";

interface FeedOptions {
  /** Images of each batch; by default as the specification says. */
  sizes?: readonly number[];
  /** Multiplies the specification's learning rates. */
  rateFactor?: number;
}

export function randomFeed(
  { loop, image, conditioning, optimizers }: Specification,
  step: number,
  { sizes, rateFactor = 1 }: FeedOptions = {},
): StepFeed {
  const asked = sizes ?? Array.from({ length: loop.discriminatorSteps }, () => loop.batchSize);
  const pixels = sizeOf(shapeOfImage(image));
  const batches = asked.map((size, index) =>
    uniform(streamSeed(step, "random feed", index), size * pixels).map((value) => 2 * value - 1),
  );
  return {
    step,
    batches,
    learningRates: {
      generator: optimizers.generator.learningRate * rateFactor,
      discriminator: optimizers.discriminator.learningRate * rateFactor,
    },
    ...(conditioning && {
      labels: asked.map((size) =>
        Uint8Array.from({ length: size }, (_, place) => (place + step) % conditioning.classes),
      ),
    }),
  };
}
