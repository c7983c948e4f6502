/** The arguments of one PyTorch layer, by name, each with the kind of value that it must have. */
import { wrongAt } from "./tokens.ts";
import type { Call, Value } from "./values.ts";

/** Reads single arguments of a call; throws `spec.invalid` with the line and the layer. */
export interface Arguments {
  whole(name: string, standard?: number): number;
  decimal(name: string, standard: number): number;
  flag(name: string, standard: boolean): boolean;
  /** A size that is the same in height and width: `4` or `(4, 4)`. */
  square(name: string, standard?: number): number;
  sizes(name: string): number[];
  /** As it was written; undefined where it was left out. */
  raw(name: string): Value | undefined;
  /** To throw: what is wrong with this layer. */
  wrong(what: string): Error;
}

/** The layer as people write it: `nn.Linear`. */
export const shortName = (name: string): string => `nn.${name.split(".").at(-1) ?? name}`;

/** `names` in PyTorch's order. */
export function argumentsOf(call: Call, names: readonly string[]): Arguments {
  const wrong = (what: string) => wrongAt(call.line, `${shortName(call.name)} ${what}`);
  if (call.positional.length > names.length) {
    throw wrong(`takes at most ${names.length} values, and was given ${call.positional.length}`);
  }
  const given = new Map<string, Value>();
  for (const [index, value] of call.positional.entries()) given.set(names[index] ?? "", value);
  for (const [name, value] of call.named) {
    if (!names.includes(name)) throw wrong(`has no «${name}»`);
    if (given.has(name)) throw wrong(`was given «${name}» twice`);
    given.set(name, value);
  }
  const missing = (name: string) => wrong(`needs a value for «${name}»`);

  const read = <Kind>(
    name: string,
    standard: Kind | undefined,
    parse: (value: Value) => Kind | null,
    form: string,
  ): Kind => {
    const value = given.get(name);
    if (value === undefined) {
      if (standard === undefined) throw missing(name);
      return standard;
    }
    const parsed = parse(value);
    if (parsed === null) throw wrong(`wants «${name}» as ${form}`);
    return parsed;
  };
  const whole = (value: Value) =>
    typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
  const list = (value: Value) => (Array.isArray(value) ? (value as readonly Value[]) : null);

  return {
    wrong,
    raw: (name) => given.get(name),
    whole: (name, standard) => read(name, standard, whole, "a whole number"),
    decimal: (name, standard) =>
      read(name, standard, (value) => (typeof value === "number" ? value : null), "a number"),
    flag: (name, standard) =>
      read(name, standard, (value) => (typeof value === "boolean" ? value : null), "True or False"),
    square: (name, standard) =>
      read(
        name,
        standard,
        (value) => {
          const [height, width, ...rest] = list(value) ?? [value, value];
          return rest.length === 0 && height !== undefined && height === width
            ? whole(height)
            : null;
        },
        "one whole number for height and width",
      ),
    sizes: (name) =>
      read(
        name,
        undefined,
        (value) => {
          const sizes = (list(value) ?? [value]).map(whole);
          return sizes.every((size) => size !== null) ? sizes : null;
        },
        "whole numbers",
      ),
  };
}
