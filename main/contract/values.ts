/** Schemas of what payloads share: ids, names, paths, bounded numbers. */
import * as v from "valibot";

export const id = v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,63}$/, "is not an id"));
export const name = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(200));
export const path = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
/** A whole number between two bounds, both allowed. */
export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));
export const engine = v.picklist(["auto", "tensorflow", "wasm"]);
export const seed = whole(0, 0x7fffffff);
export const ofRun = v.strictObject({ id });
