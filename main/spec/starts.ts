/** By its name alone a kind means what a person starts from when they choose it: `defaults.ts`. */
import { augmentationSchema } from "./augmentation.ts";
import * as defaults from "./defaults.ts";
import { bare, isRecord, type Form } from "./form.ts";
import { initializerSchema } from "./initializers.ts";
import { layerSchema } from "./layers.ts";
import { lossSchema } from "./losses.ts";
import { optimizerSchema } from "./optimizers.ts";
import { regularizerSchema } from "./regularizers.ts";

const starts: readonly (readonly [schema: unknown, values: Readonly<Record<string, unknown>>])[] = [
  [lossSchema, defaults.newLosses],
  [optimizerSchema, defaults.newOptimizers],
  [optimizerSchema.options[0].entries.schedule, defaults.newSchedules],
  [regularizerSchema, defaults.newRegularizers],
  [augmentationSchema, defaults.newAugmentations],
  [initializerSchema, defaults.newInitializers],
  [layerSchema, defaults.newLayers],
];

/**
 * What `value` means in the place of `form`: the kind of that name with its usual settings, in a list as its
 * only entry; anything else as it is.
 */
export function startOf(form: Form | undefined, value: unknown): unknown {
  if (!form || typeof value !== "string") return value;
  const { item } = bare(form);
  const wanted = item ? bare(item) : bare(form);
  const values = starts.find(([schema]) => schema === wanted)?.[1];
  if (!isRecord(values) || !Object.hasOwn(values, value)) return value;
  const start = structuredClone(values[value]);
  return item ? [start] : start;
}
