/** What is wrong with a specification, as a sentence: where, what may stand there, and what does. */
import type * as v from "valibot";
import {
  bare,
  documentForm,
  either,
  formInside,
  isRecord,
  keysOf,
  kindsOf,
  wordsOf,
  type Form,
} from "./form.ts";
import { didYouMean } from "./nearest.ts";

type Issue = Pick<v.BaseIssue<unknown>, "kind" | "type" | "expected" | "input" | "path">;

/** «loop.batchSize must be a whole number from 1 to 65,536, but is «abc».» */
export function complaintOf({ type, expected, input, path: given }: Issue): string {
  const path: readonly { key?: unknown; input?: unknown }[] = given ?? [];
  const keys = path.map(({ key }) => String(key));
  const name = keys.join(".");
  const holders = path.map((item) => item.input);
  const holder = holders.at(-1);
  const around = formAt(keys.slice(0, -1), holders);
  const last = keys.at(-1) ?? "";
  if (type === "strict_object" && expected === "never") {
    const known = around ? keysOf(around, holder) : [];
    return `${name}: there is no such setting.${didYouMean(last, known)} There is: ${known.join(", ")}.`;
  }
  if (around && last === "kind" && bare(around).type === "variant") {
    return kindComplaint(name, bare(around), input);
  }
  const form = formAt(keys, holders);
  if (form && typeof input === "string" && bare(form).type === "variant") {
    return kindComplaint(name, bare(form), input);
  }
  const wanted = form ? wordsOf(form) : "something else";
  const what = name === "" ? "A specification" : name;
  return input === undefined && name !== ""
    ? `${what} is missing; it must be ${wanted}.`
    : `${what} must be ${wanted}, but is ${shown(input)}.`;
}

function kindComplaint(name: string, variant: Form, input: unknown): string {
  const kinds = kindsOf(variant).map(({ kind }) => kind);
  if (typeof input !== "string") return `${name} is missing; it must be ${either(kinds)}.`;
  if (kinds.includes(input)) {
    return `${name} must be an object that states its kind and its settings, such as {"kind":"${input}", …}, but is ${shown(input)}.`;
  }
  return `${name}: there is no kind ${shown(input)}.${didYouMean(input, kinds)} There is: ${kinds.join(", ")}.`;
}

/** `holders[i]` is what holds `keys[i]`: of which kind it is decides what may be inside. */
function formAt(keys: readonly string[], holders: readonly unknown[]): Form | undefined {
  let form: Form | undefined = documentForm;
  for (const [depth, key] of keys.entries()) {
    if (!form) return undefined;
    form = formInside(form, key, holders[depth]);
  }
  return form;
}

/** Long enough to be known again. */
const shownAtMost = 40;

function shown(value: unknown): string {
  if (typeof value === "string") {
    return value.length > shownAtMost ? `«${value.slice(0, shownAtMost)}…»` : `«${value}»`;
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isRecord(value) ? "an object" : String(value);
}
