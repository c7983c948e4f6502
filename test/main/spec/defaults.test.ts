import * as v from "valibot";
import { expect, test } from "vitest";
import { augmentationSchema } from "../../../main/spec/augmentation.ts";
import * as defaults from "../../../main/spec/defaults.ts";
import { initializerSchema } from "../../../main/spec/initializers.ts";
import { layerSchema } from "../../../main/spec/layers.ts";
import { lossSchema } from "../../../main/spec/losses.ts";
import { optimizerSchema } from "../../../main/spec/optimizers.ts";
import { regularizerSchema } from "../../../main/spec/regularizers.ts";

test("whatever is added can be used unchanged, and is of the kind that was asked for", () => {
  const all: [v.GenericSchema, Record<string, { kind: string }>][] = [
    [layerSchema, defaults.newLayers],
    [lossSchema, defaults.newLosses],
    [optimizerSchema, defaults.newOptimizers],
    [optimizerSchema.options[0].entries.schedule, defaults.newSchedules],
    [regularizerSchema, defaults.newRegularizers],
    [initializerSchema, defaults.newInitializers],
    [augmentationSchema, defaults.newAugmentations],
  ];
  for (const [schema, values] of all)
    for (const [kind, value] of Object.entries(values)) {
      expect(value.kind).toBe(kind);
      expect(v.is(schema, value), kind).toBe(true);
    }
});
