/** `--set PATH=VALUE`: single settings of a specification, changed by their path. */
import { documentForm, formInside, isRecord, type Form } from "../spec/form.ts";
import { didYouMean } from "../spec/nearest.ts";
import { Problem } from "../spec/problem.ts";
import { parseSpecification, type Specification } from "../spec/specification.ts";
import { startOf } from "../spec/starts.ts";

/** Commander's collector for an option that may be given several times. */
export const collected = (text: string, before: readonly string[] = []): string[] => [
  ...before,
  text,
];

export const settingHelp =
  "change a setting, such as generator.learningRate=0.0001, batchSize=32, loss=hinge or regularizers='[]'; may be given several times; docs/specification.md tells them all";

/**
 * A path is the specification's own (`optimizers.generator.learningRate`), `generator.` or
 * `discriminator.` with a field of the optimizer, a field of `loop`, or `k` (discriminator updates a
 * step). A value is JSON, a text, or a kind's name, which means the kind with its usual settings. Throws
 * `usage` for what is no path, and for what does not fit.
 */
export function withSettings(
  specification: Specification,
  texts: readonly string[],
): Specification {
  if (texts.length === 0) return specification;
  const changed = structuredClone(specification);
  for (const text of texts) {
    const at = text.indexOf("=");
    if (at <= 0) {
      throw new Problem(
        "usage",
        `--set ${text}: give a path and a value, such as generator.learningRate=0.0001.`,
      );
    }
    const path = pathOf(changed, text.slice(0, at).trim());
    put({ before: specification, changed }, path, valueOf(text.slice(at + 1)));
  }
  return asTyped(() => parseSpecification(changed));
}

/** Throws `usage` where a setting is named by `--set` as well as by an option of its own. */
export function requireOneAnswer(
  texts: readonly string[],
  options: { seed?: number; epochs?: number; steps?: number },
): void {
  for (const name of ["seed", "epochs", "steps"] as const) {
    const isSet = texts.some((text) => /^(?:loop\.)?(\w+)\s*=/.exec(text.trim())?.[1] === name);
    if (isSet && options[name] !== undefined)
      throw new Problem(
        "usage",
        `--${name} and --set ${name}=… are two answers to one question; give one.`,
      );
  }
}

/** What was typed is wrong in itself, and no file. */
function asTyped<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof Problem) || !thrown.code.startsWith("spec.")) throw thrown;
    throw new Problem("usage", thrown.message, { cause: thrown });
  }
}

const holds = (value: unknown, key: string): boolean =>
  isRecord(value) && Object.hasOwn(value, key);

/** What was changed before may be anything by now; it is only checked as a whole. */
function pathOf({ loop, optimizers }: Specification, typed: string): string[] {
  if (typed === "k") return ["loop", "discriminatorSteps"];
  const parts = typed.split(".");
  const [first = "", second = ""] = parts;
  if (parts.length === 1 && holds(loop, first)) return ["loop", first];
  const isPlayer = isRecord(optimizers) && (first === "generator" || first === "discriminator");
  if (isPlayer && parts.length > 1 && holds(optimizers[first], second))
    return ["optimizers", ...parts];
  return parts;
}

interface Documents {
  before: Specification;
  changed: Specification;
}

function put({ before, changed }: Documents, path: readonly string[], value: unknown): void {
  let place: unknown = changed;
  let form: Form | undefined = documentForm;
  for (const [depth, part] of path.entries()) {
    if (!isRecord(place) || !Object.hasOwn(place, part)) throw unknown(before, path, depth, place);
    form = form && formInside(form, part, place);
    if (depth === path.length - 1) place[part] = startOf(form, value);
    else place = place[part];
  }
}

function unknown(
  { loop, optimizers }: Specification,
  path: readonly string[],
  depth: number,
  place: unknown,
): Problem {
  const known = isRecord(place) ? Object.keys(place) : [];
  const [first = "", part = ""] = [path[0], path[depth]];
  const isPlayer = first === "generator" || first === "discriminator";
  const short =
    depth === 0
      ? ["k", ...Object.keys(loop)]
      : depth === 1 && isPlayer
        ? Object.keys(optimizers[first])
        : [];
  const inShort = depth === 0 ? "in short" : "of its optimizer";
  const here = depth === 0 ? "a specification" : path.slice(0, depth).join(".");
  return new Problem(
    "usage",
    `--set ${path.join(".")}: there is no «${part}» in ${here}.${Array.isArray(place) ? "" : didYouMean(part, [...known, ...short])} ` +
      `There is: ${known.join(", ") || "nothing"}${short.length > 0 ? `; ${inShort}: ${short.join(", ")}` : ""}.`,
  );
}

function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
