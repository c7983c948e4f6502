/**
 * A run as data: everything that decides its numbers, in one JSON document. What the engine, the
 * store and the page pass around is exactly this; `parseSpecification` is its only door.
 */
import * as v from "valibot";
import { complaintOf } from "./complaint.ts";
import { discriminatorInput, generatorInput } from "./conditioning.ts";
import { documentSchema } from "./document.ts";
import { wantsProbabilities } from "./losses.ts";
import { inferNetwork, type InferredNetwork } from "./network.ts";
import { Problem } from "./problem.ts";
import { formatShape, sameShape, shapeOfImage, sizeOf } from "./shape.ts";

/**
 * With its optimiser's slots a trained value takes 12 bytes of a checkpoint, and Node reads files of
 * up to 2 GiB; a desktop's memory would not hold much more either.
 */
const parameterLimit = 150_000_000;

/** Values of one batch after its largest layer, and of one sheet of samples. */
const batchLimit = 2 ** 31;
const sheetLimit = 2 ** 27;

export type Specification = v.InferOutput<typeof documentSchema>;

export interface InferredSpecification {
  generator: InferredNetwork;
  discriminator: InferredNetwork;
}

/**
 * Checks what a schema cannot see: that shapes follow, and that the networks fit each other, the
 * images and the loss. Throws `spec.shape` or `spec.invalid` with the place and the cure.
 */
export function inferSpecification(specification: Specification): InferredSpecification {
  const imageShape = shapeOfImage(specification.image);
  const generator = inferNetwork(
    "generator",
    specification.generator,
    generatorInput(specification.latent.size, specification.conditioning),
  );
  if (!sameShape(generator.output, imageShape)) {
    throw new Problem(
      "spec.shape",
      `generator: its last layer gives ${formatShape(generator.output)}, but the images are ` +
        `${formatShape(imageShape)}; change the last layers or the image size.`,
    );
  }
  const discriminator = inferNetwork(
    "discriminator",
    specification.discriminator,
    discriminatorInput(imageShape, specification.conditioning),
  );
  if (!sameShape(discriminator.output, [1])) {
    throw new Problem(
      "spec.shape",
      `discriminator: its last layer gives ${formatShape(discriminator.output)}, but it must give ` +
        `one number; end it with flatten and dense with 1 unit.`,
    );
  }
  checkSizes(specification, { generator, discriminator });
  checkOutputOfDiscriminator(specification);
  return { generator, discriminator };
}

function checkSizes(
  { loop, outputs, image }: Specification,
  { generator, discriminator }: InferredSpecification,
): void {
  const largest = [...generator.layers, ...discriminator.layers].reduce(
    (most, { output }) => Math.max(most, sizeOf(output)),
    0,
  );
  const sizes: [what: string, size: number, limit: number, cure: string][] = [
    [
      "The networks' parameters",
      generator.parameters + discriminator.parameters,
      parameterLimit,
      "Use smaller layers.",
    ],
    [
      "loop.batchSize: the values of one batch after the largest layer",
      loop.batchSize * largest,
      batchLimit,
      "Use a smaller batch or smaller layers.",
    ],
    [
      "outputs.fixedSamples: the values of one sheet of samples",
      outputs.fixedSamples * sizeOf(shapeOfImage(image)),
      sheetLimit,
      "Show fewer samples.",
    ],
  ];
  for (const [what, size, limit, cure] of sizes) {
    if (size <= limit) continue;
    throw new Problem(
      "spec.invalid",
      `${what} are ${size.toLocaleString("en")}; the most that can be used is ${limit.toLocaleString("en")}. ${cure}`,
    );
  }
}

function checkOutputOfDiscriminator({ loss, discriminator }: Specification): void {
  const last = discriminator.layers.at(-1)?.kind;
  const wantsSigmoid = wantsProbabilities(loss);
  if (wantsSigmoid === (last === "sigmoid")) return;
  throw new Problem(
    "spec.invalid",
    wantsSigmoid
      ? "loss: cross-entropy on probabilities needs a sigmoid as the discriminator's last layer; add it, or use logits."
      : "loss: the discriminator ends in a sigmoid, but this loss wants its bare output; remove the sigmoid, or use cross-entropy on probabilities.",
  );
}

/**
 * Reads a specification from JSON that came from outside. Throws `spec.invalid` with the path of the
 * first field that is wrong, and `spec.shape` when the layers do not fit.
 */
export function parseSpecification(input: unknown): Specification {
  const result = v.safeParse(documentSchema, input);
  if (!result.success) {
    throw new Problem("spec.invalid", complaintOf(result.issues[0]));
  }
  inferSpecification(result.output);
  return result.output;
}
