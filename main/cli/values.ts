/** Readers of option values. Commander turns what they throw into a sentence that names the option. */
import { InvalidArgumentError } from "commander";
import type { Payload } from "../contract/commands.ts";

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

/** `1..5`, `1,3,7` or both: whole numbers, each once, at most a hundred. */
export function seeds(text: string): number[] {
  const found = text.split(",").flatMap((part) => {
    const [, first = "", last = first] = /^\s*(\d{1,10})(?:\.\.(\d{1,10}))?\s*$/.exec(part) ?? [];
    const [from, to] = [Number(first === "" ? NaN : first), Number(last === "" ? NaN : last)];
    const size = to - from + 1;
    if (!(size >= 1 && size <= 100 && to <= 0x7fffffff)) throw notSeeds();
    return Array.from({ length: size }, (_, place) => from + place);
  });
  if (found.length > 100 || new Set(found).size !== found.length) throw notSeeds();
  return found;
}

const notSeeds = () =>
  new InvalidArgumentError(
    "It must be whole numbers such as 1..5 or 1,3,7, each once and a hundred at most.",
  );
