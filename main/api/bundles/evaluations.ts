/** A run's evaluations as a bundle's manifest holds them, and as a stranger may have written them. */
import * as v from "valibot";
import { metricNames } from "../../spec/evaluation.ts";

const whole = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** JSON has no NaN and no infinities: these are texts. */
const measured = v.union([
  v.pipe(v.number(), v.finite()),
  v.pipe(v.picklist(["NaN", "Infinity", "-Infinity"]), v.transform(Number)),
]);

const seconds = v.pipe(v.number(), v.finite(), v.minValue(0));

/** `text`: of at most so many characters, without any that steer a terminal. */
export const evaluationSchema = (text: (most: number) => v.GenericSchema<string, string>) =>
  v.strictObject({
    ...{ step: whole, epoch: whole, seconds },
    protocol: v.strictObject({
      ...{ product: text(100), version: whole, images: whole, seed: whole },
      real: v.strictObject({ split: v.literal("training"), data: text(100) }),
      features: v.strictObject({
        network: v.picklist(["classifier", "random", "file"]),
        ...{ hash: text(100), size: whole, heldOut: whole },
        accuracy: v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(1))),
      }),
    }),
    values: v.record(
      v.picklist(metricNames),
      v.strictObject({ value: measured, low: measured, high: measured }),
    ),
    remarks: v.pipe(v.array(text(1000)), v.maxLength(50)),
  });

/** For `JSON.stringify`. */
export const finiteOrText = (_: string, value: unknown): unknown =>
  typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
