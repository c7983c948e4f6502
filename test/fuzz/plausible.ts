/** Payloads that a command would take, made from its schema: what is spoilt should begin almost right. */
import { oneOf, type Random } from "./mutate.ts";

/** The parts of valibot's schemas that the contract is made of. */
interface Schema {
  type: string;
  pipe?: readonly { type: string; requirement?: unknown }[];
  entries?: Readonly<Record<string, Schema>>;
  options?: readonly unknown[];
  wrapped?: Schema;
  item?: Schema;
  literal?: unknown;
}

export interface Words {
  /** Ids, names and paths that mean something where the payload goes. */
  texts: readonly string[];
  /** What stands where the contract asks for anything at all. */
  anything: unknown;
}

export function plausible(random: Random, given: unknown, words: Words): unknown {
  const schema = given as Schema;
  const of = (part: unknown) => plausible(random, part, words);
  switch (schema.type) {
    case "string": {
      const patterns = (schema.pipe ?? []).flatMap(({ requirement }) =>
        requirement instanceof RegExp ? [requirement] : [],
      );
      const fitting = words.texts.filter((text) => patterns.every((pattern) => pattern.test(text)));
      return oneOf(random, fitting.length > 0 ? fitting : words.texts);
    }
    case "number": {
      const least = (schema.pipe ?? []).find(({ type }) => type === "min_value")?.requirement;
      return (typeof least === "number" ? least : 0) + random(4);
    }
    case "boolean":
      return random(2) === 0;
    case "literal":
      return schema.literal;
    case "picklist":
      return oneOf(random, schema.options ?? []);
    case "union":
    case "variant":
      return of(oneOf(random, schema.options ?? []));
    case "optional":
      return random(2) === 0 ? undefined : of(schema.wrapped);
    case "nullable":
      return random(2) === 0 ? null : of(schema.wrapped);
    case "array":
      return Array.from({ length: random(3) + 1 }, () => of(schema.item));
    case "object":
    case "loose_object":
    case "strict_object": {
      const entries = Object.entries(schema.entries ?? {}).map(([key, part]) => [key, of(part)]);
      return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
    }
    default:
      return words.anything;
  }
}
