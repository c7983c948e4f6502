/** By a field's name: what its value starts from when another kind is chosen there. */
import type { GenericSchema } from "valibot";
import { augmentationSchema } from "../../main/spec/augmentation.ts";
import {
  newAugmentations,
  newInitializers,
  newLosses,
  newOptimizers,
  newRegularizers,
  newSchedules,
} from "../../main/spec/defaults.ts";
import { initializerSchema } from "../../main/spec/initializers.ts";
import { lossSchema } from "../../main/spec/losses.ts";
import { optimizerSchema } from "../../main/spec/optimizers.ts";
import { regularizerSchema } from "../../main/spec/regularizers.ts";

export interface Starts {
  schema: GenericSchema;
  values: Readonly<Record<string, { kind: string }>>;
}

const initializers: Starts = { schema: initializerSchema, values: newInitializers };
const [adam] = optimizerSchema.options;

export const starts: Readonly<Record<string, Starts>> = {
  kernelInitializer: initializers,
  biasInitializer: initializers,
  schedule: { schema: adam.entries.schedule, values: newSchedules },
  loss: { schema: lossSchema, values: newLosses },
  optimizer: { schema: optimizerSchema, values: newOptimizers },
  regularizer: { schema: regularizerSchema, values: newRegularizers },
  augmentation: { schema: augmentationSchema, values: newAugmentations },
};

/** By a field's name: what an optional part starts from when it is switched on. */
export const optionalStarts: Readonly<Record<string, unknown>> = {
  conditioning: { classes: 10, discriminator: "channels" },
  generatorAverage: { decay: 0.999 },
  evaluateEvery: 1,
  stopAfter: 10,
  steps: 10_000,
  training: 50_000,
};
