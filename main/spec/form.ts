/**
 * What a setting may be, in plain words, read from the schema itself: for messages, and for the reference
 * in docs/specification.md, which a test holds to it. Knows the parts of valibot that specifications use.
 */
import { documentSchema } from "./document.ts";

/** A schema, or an action in a pipe, as far as it is looked into. */
export interface Form {
  readonly type: string;
  readonly pipe?: readonly Form[];
  readonly requirement?: unknown;
  readonly entries?: Readonly<Record<string, Form>>;
  readonly wrapped?: Form;
  readonly default?: unknown;
  readonly item?: Form;
  readonly literal?: unknown;
  /** Forms of a variant, values of a picklist. */
  readonly options?: readonly unknown[];
}

/** Valibot's own types are as deep as the document; here only the few fields above are read. */
export const documentForm = documentSchema as unknown as Form;

/** Without what makes it optional. */
export function bare(form: Form): Form {
  return form.wrapped ? bare(form.wrapped) : form;
}

const isVariant = (form: Form): boolean => form.type === "variant";

/** Of one kind: the form's entries but for the kind itself. */
export interface KindForm {
  kind: string;
  entries: Readonly<Record<string, Form>>;
}

/** Kinds of a variant in their order; empty for what is none. */
export function kindsOf(form: Form): KindForm[] {
  if (!isVariant(form)) return [];
  return (form.options as readonly Form[]).flatMap(({ entries = {} }) => {
    const { kind, ...rest } = entries;
    const names = kind?.type === "picklist" ? (kind.options ?? []) : [kind?.literal];
    return names.map((name) => ({ kind: String(name), entries: rest }));
  });
}

/** What may stand inside of it by name: keys of an object, kinds' entries of `value`'s kind, a list's places. */
export function formInside(form: Form, key: string, value: unknown): Form | undefined {
  const { entries, item, type } = bare(form);
  if (item) return /^\d+$/.test(key) ? item : undefined;
  if (type !== "variant") return entries && Object.hasOwn(entries, key) ? entries[key] : undefined;
  const kind = isRecord(value) ? value.kind : undefined;
  const found = kindsOf(bare(form)).find((candidate) => candidate.kind === kind);
  return found && Object.hasOwn(found.entries, key) ? found.entries[key] : undefined;
}

/** The names that may stand inside of it beside `value`'s kind. */
export function keysOf(form: Form, value: unknown): string[] {
  const plain = bare(form);
  if (plain.type !== "variant") return Object.keys(plain.entries ?? {});
  const kind = isRecord(value) ? value.kind : undefined;
  const found = kindsOf(plain).find((candidate) => candidate.kind === kind);
  return ["kind", ...Object.keys(found?.entries ?? {})];
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

/** «a, b or c». */
export const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;

/** «a whole number from 1 to 65,536», to stand behind «must be». */
export function wordsOf(form: Form): string {
  if (form.type === "nullable" && form.wrapped) return `${wordsOf(form.wrapped)}, or null`;
  if (form.wrapped) return wordsOf(form.wrapped);
  const steps = stepsOf(form);
  const limit = (type: string): number | undefined => {
    const found = steps.flatMap((step) => (step.type === type ? [Number(step.requirement)] : []));
    if (found.length === 0) return undefined;
    // Of two bounds on the same side the narrower one holds.
    return type.startsWith("min") || type === "gt_value" ? Math.max(...found) : Math.min(...found);
  };
  switch (form.type) {
    case "number":
      return numberWords(steps, limit);
    case "string":
      return `a text${amountWords(limit("min_length"), limit("max_length"))} letters`;
    case "boolean":
      return "true or false";
    case "literal":
      return String(form.literal);
    case "picklist":
      return either((form.options ?? []).map(String));
    case "array":
      return listWords(form.item, limit("min_length"), limit("max_length"));
    case "variant":
      return `of the kind ${either(kindsOf(form).map(({ kind }) => kind))}`;
    default:
      return `an object with ${Object.keys(form.entries ?? {}).join(", ")}`;
  }
}

const stepsOf = (form: Form): Form[] =>
  (form.pipe ?? []).flatMap((step) => (step === form || !step.pipe ? [step] : stepsOf(step)));

const figure = (value: number): string => value.toLocaleString("en", { maximumFractionDigits: 6 });

type Limit = (type: string) => number | undefined;

/** « of 1 to 256», with the space before it. */
const amountWords = (least: number | undefined, most: number | undefined): string =>
  least === undefined
    ? ` of at most ${figure(most ?? Infinity)}`
    : ` of ${figure(least)} to ${figure(most ?? Infinity)}`;

function numberWords(steps: readonly Form[], limit: Limit): string {
  const what = steps.some(({ type }) => type === "integer") ? "a whole number" : "a number";
  const [least, most] = [limit("min_value"), limit("max_value")];
  if (least !== undefined && most !== undefined)
    return `${what} from ${figure(least)} to ${figure(most)}`;
  const [above, below] = [limit("gt_value"), limit("lt_value")];
  const bounds = [
    ...(least === undefined ? [] : [`at least ${figure(least)}`]),
    ...(above === undefined ? [] : [`above ${figure(above)}`]),
    ...(most === undefined ? [] : [`at most ${figure(most)}`]),
    ...(below === undefined ? [] : [`below ${figure(below)}`]),
  ];
  return [what, bounds.join(" and ")].filter((part) => part !== "").join(", ");
}

function listWords(
  item: Form | undefined,
  least: number | undefined,
  most: number | undefined,
): string {
  const list = `a list${amountWords(least, most)}`;
  const isPlain = item !== undefined && !isVariant(item);
  return isPlain ? `${list}, each ${wordsOf(item)}` : `${list} objects`;
}
