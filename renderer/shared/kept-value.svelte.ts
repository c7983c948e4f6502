/** One value of a screen that outlasts a reload of this tab; see `kept.ts`. */
import type * as v from "valibot";
import { keep, recall } from "./kept.ts";

export class KeptValue<Schema extends v.GenericSchema> {
  #name: string;
  #value: v.InferOutput<Schema>;

  /** `usual`: what it is where nothing was kept. */
  constructor(name: string, schema: Schema, usual: v.InferOutput<Schema>) {
    this.#name = name;
    this.#value = $state.raw(recall(name, schema) ?? usual);
  }

  get value(): v.InferOutput<Schema> {
    return this.#value;
  }
  set value(value: v.InferOutput<Schema>) {
    this.#value = value;
    keep(this.#name, value);
  }
}
