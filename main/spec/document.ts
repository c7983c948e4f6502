/**
 * A specification's form: every field with the values that it may take, before anything is asked of
 * how the fields fit each other (that is `inferSpecification`). What a person is still editing has
 * this form while its shapes do not follow yet.
 */
import * as v from "valibot";
import { conditioningSchema } from "./conditioning.ts";
import { dataSchema } from "./data.ts";
import { lossSchema } from "./losses.ts";
import { networkSchema } from "./network.ts";
import { optimizerSchema } from "./optimizers.ts";
import { regularizerSchema } from "./regularizers.ts";
import { imageShapeSchema, sizeSchema } from "./shape.ts";

export const seedSchema = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff));

export const latentSchema = v.strictObject({
  size: sizeSchema(65_536),
  /** Standard normal, or uniform in [−1, 1). */
  distribution: v.picklist(["normal", "uniform"]),
});

/** A moving average of the generator that samples are drawn from (Yazıcı et al. 2019). */
const generatorAverageSchema = v.strictObject({
  decay: v.pipe(v.number(), v.minValue(0), v.ltValue(1)),
});

export const loopSchema = v.strictObject({
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
  /** Ends the run at the first loss, gradient or weight that is no finite number. */
  stopWhenDiverged: v.optional(v.boolean(), true),
});

export const outputsSchema = v.strictObject({
  /** Noise vectors that are drawn once and shown after every epoch. */
  fixedSamples: sizeSchema(1024),
  /** Further steps after which the fixed samples are drawn. */
  sampleAtSteps: v.pipe(v.array(sizeSchema(1_000_000_000)), v.maxLength(10_000)),
  /** Steps between two stored measurements. */
  measureEvery: sizeSchema(1_000_000),
  /** Epochs between two evaluations of the images, which another process computes; null for none. */
  evaluateEvery: v.optional(v.nullable(sizeSchema(1_000_000)), null),
  /** Ends the run when the evaluated Fréchet distance has not fallen for so many epochs; null for never. */
  stopAfter: v.optional(v.nullable(sizeSchema(1_000_000)), null),
  /**
   * An ONNX file or a TensorFlow.js model.json whose features evaluations compare by; null for those of
   * the data set's own network.
   */
  features: v.optional(v.nullable(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))), null),
});

export const documentSchema = v.strictObject({
  version: v.literal(1),
  /** The preset that it started from, or null. For the reader only; it decides nothing. */
  preset: v.nullable(v.pipe(v.string(), v.maxLength(64))),
  seed: seedSchema,
  image: imageShapeSchema,
  data: dataSchema,
  latent: latentSchema,
  generator: networkSchema,
  discriminator: networkSchema,
  /** Null for networks that know nothing of classes. */
  conditioning: v.nullable(conditioningSchema),
  loss: lossSchema,
  regularizers: v.pipe(v.array(regularizerSchema), v.maxLength(16)),
  optimizers: v.strictObject({ generator: optimizerSchema, discriminator: optimizerSchema }),
  generatorAverage: v.nullable(generatorAverageSchema),
  loop: loopSchema,
  outputs: outputsSchema,
});
