/** `--set PATH=VALUE`: single settings of a specification, changed by their path. */
import { Problem } from "../spec/problem.ts";
import { parseSpecification, type Specification } from "../spec/specification.ts";

/** Commander's collector for an option that may be given several times. */
export const collected = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  text,
];

export const settingHelp =
  "change a setting, such as generator.learningRate=0.0001, batchSize=32 or regularizers='[]'; may be given several times";

/**
 * A path is the specification's own (`optimizers.generator.learningRate`), `generator.` or
 * `discriminator.` with a field of the optimizer, a field of `loop`, or `k` (discriminator updates a
 * step). A value is JSON, or a text. Throws `usage` for what is no path, `spec.invalid` and
 * `spec.shape` for what does not fit.
 */
export function withSettings(
  specification: Specification,
  texts: readonly string[],
): Specification {
  if (texts.length === 0) return specification;
  const changed: unknown = structuredClone(specification);
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at <= 0) {
      throw new Problem(
        "usage",
        `--set ${text}: give a path and a value, such as generator.learningRate=0.0001.`,
      );
    }
    put(changed, pathOf(specification, text.slice(0, at).trim()), valueOf(text.slice(at + 1)));
  }
  return parseSpecification(changed);
}

function pathOf({ loop, optimizers }: Specification, typed: string): string[] {
  if (typed === "k") return ["loop", "discriminatorSteps"];
  const parts = typed.split(".");
  const [first = "", second = ""] = parts;
  if (parts.length === 1 && Object.hasOwn(loop, first)) return ["loop", first];
  const isPlayer = first === "generator" || first === "discriminator";
  if (isPlayer && parts.length > 1 && Object.hasOwn(optimizers[first], second))
    return ["optimizers", ...parts];
  return parts;
}

function put(document: unknown, path: readonly string[], value: unknown): void {
  let place = document;
  for (const [depth, part] of path.entries()) {
    if (!isContainer(place) || !Object.hasOwn(place, part)) {
      const here = path.slice(0, depth).join(".");
      const known = isContainer(place) ? Object.keys(place).join(", ") : "nothing";
      throw new Problem(
        "usage",
        `--set ${path.join(".")}: there is no «${part}» in ${here === "" ? "a specification" : here}. There is: ${known}.`,
      );
    }
    if (depth === path.length - 1) place[part] = value;
    else place = place[part];
  }
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
