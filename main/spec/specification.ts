/**
 * A run as data: everything that decides its numbers, in one JSON document. What the engine, the
 * store and the page pass around is exactly this; `parseSpecification` is its only door.
 */
import * as v from "valibot";
import { dataSchema } from "./data.ts";
import { conditioningSchema, discriminatorInput, generatorInput } from "./conditioning.ts";
import { lossSchema, wantsProbabilities } from "./losses.ts";
import { regularizerSchema } from "./regularizers.ts";
import { inferNetwork, networkSchema, type InferredNetwork } from "./network.ts";
import { optimizerSchema } from "./optimizers.ts";
import { Problem } from "./problem.ts";
import {
  formatShape,
  imageShapeSchema,
  sameShape,
  shapeOfImage,
  sizeOf,
  sizeSchema,
} from "./shape.ts";

const specificationVersion = 1;

/**
 * With its optimiser's slots a trained value takes 12 bytes of a checkpoint, and Node reads files of
 * up to 2 GiB; a desktop's memory would not hold much more either.
 */
const parameterLimit = 150_000_000;

/** Values of one batch after its largest layer, and of one sheet of samples. */
const batchLimit = 2 ** 31;
const sheetLimit = 2 ** 27;

const specificationSchema = v.strictObject({
  version: v.literal(specificationVersion),
  /** The preset that it started from, or null. For the reader only; it decides nothing. */
  preset: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff)),
  image: imageShapeSchema,
  data: dataSchema,
  latent: v.strictObject({
    size: sizeSchema(65_536),
    /** Standard normal, or uniform in [−1, 1). */
    distribution: v.picklist(["normal", "uniform"]),
  }),
  generator: networkSchema,
  discriminator: networkSchema,
  /** Null for networks that know nothing of classes. */
  conditioning: v.nullable(conditioningSchema),
  loss: lossSchema,
  regularizers: v.pipe(v.array(regularizerSchema), v.maxLength(16)),
  optimizers: v.strictObject({
    generator: optimizerSchema,
    discriminator: optimizerSchema,
  }),
  /** A moving average of the generator that samples are drawn from (Yazıcı et al. 2019), or null. */
  generatorAverage: v.nullable(
    v.strictObject({ decay: v.pipe(v.number(), v.minValue(0), v.ltValue(1)) }),
  ),
  loop: v.strictObject({
    batchSize: sizeSchema(65_536),
    epochs: sizeSchema(1_000_000),
    /** Ends the run after so many steps, even inside an epoch; null for no such limit. */
    steps: v.nullable(sizeSchema(1_000_000_000)),
    /** Discriminator updates per generator update (k in Goodfellow et al. 2014). */
    discriminatorSteps: sizeSchema(1000),
    /** Whether the generator's update draws new noise or takes the discriminator's last batch. */
    generatorNoise: v.picklist(["fresh", "reused"]),
    /** An epoch's last, smaller batch. */
    lastBatch: v.picklist(["keep", "drop"]),
  }),
  outputs: v.strictObject({
    /** Noise vectors that are drawn once and shown after every epoch. */
    fixedSamples: sizeSchema(1024),
    /** Further steps after which the fixed samples are drawn. */
    sampleAtSteps: v.pipe(v.array(sizeSchema(1_000_000_000)), v.maxLength(10_000)),
    /** Steps between two stored measurements. */
    measureEvery: sizeSchema(1_000_000),
  }),
});

export type Specification = v.InferOutput<typeof specificationSchema>;

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
  const result = v.safeParse(specificationSchema, input);
  if (!result.success) {
    const [issue] = result.issues;
    const path = v.getDotPath(issue);
    throw new Problem("spec.invalid", `${path ?? "The specification"}: ${issue.message}.`);
  }
  inferSpecification(result.output);
  return result.output;
}
