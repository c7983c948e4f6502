/** `outputs.features` as it was typed: relative to the folder that the command was given in. */
import { resolve } from "node:path";
import type { Specification } from "../spec/specification.ts";

export function withFeaturesFrom(specification: Specification, folder: string): Specification {
  const { outputs } = specification;
  // «~» means the same everywhere, and is not for the shell alone: a specification may have it.
  if (outputs.features === null || /^~(?=$|[\\/])/.test(outputs.features)) return specification;
  return { ...specification, outputs: { ...outputs, features: resolve(folder, outputs.features) } };
}
