/** Readers of option values. Commander turns what they throw into a sentence that names the option. */
import { InvalidArgumentError } from "commander";
import type { Payload } from "../contract/commands.ts";
import { seedsIn, seedsRule } from "../spec/seeds.ts";

/** A whole number between two bounds, both allowed. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(
      `It must be a whole number from ${least.toLocaleString("en")} to ${most.toLocaleString("en")}.`,
    );
  };

/** A number between two bounds, both allowed; 0.7 or 2, no exponents. */
export const decimal =
  (least: number, most: number) =>
  (text: string): number => {
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : NaN;
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from ${least} to ${most}.`);
  };

export const epochs = wholeNumber(1, 1_000_000);
export const steps = wholeNumber(1, 1_000_000_000);
export const seed = wholeNumber(0, 0x7fffffff);

export type Engine = Payload<"runs.start">["engine"];

export const engines: Engine[] = ["auto", "tensorflow", "wasm"];

/** A number from 0 to `most`, also as 2e-4. */
export const positive =
  (most: number) =>
  (text: string): number => {
    const value = /^\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
    if (value >= 0 && value <= most) return value;
    throw new InvalidArgumentError(`It must be a number from 0 to ${most.toLocaleString("en")}.`);
  };

/** See `seedsIn`. */
export function seeds(text: string): number[] {
  const found = seedsIn(text);
  if (found) return found;
  throw new InvalidArgumentError(seedsRule);
}

/** What a run or a data set is called. */
export function givenName(text: string): string {
  const name = text.trim();
  if (name.length >= 1 && name.length <= 200) return name;
  throw new InvalidArgumentError("It must have 1 to 200 characters.");
}

/** Collects an option that can be given again. */
export const several = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  text,
];
