/**
 * From a valibot schema to what a form must show: which fields, of which kind, within which limits.
 * The schemas of `main/spec` are the only list of fields there is; an editor that is derived from
 * them needs no change when a kind or a field is added. Knows just what those schemas are made of,
 * and throws for anything else.
 */
import type { GenericSchema } from "valibot";

export interface NumberForm {
  kind: "number";
  whole: boolean;
  least: number;
  most: number;
  /** Whether the limits themselves are left out. */
  aboveLeast: boolean;
  belowMost: boolean;
}

export interface NamedForm {
  name: string;
  /** What its title and its starts go by, where that is not its name. */
  as?: string;
  form: Form;
}

export type Form =
  | NumberForm
  | { kind: "choice"; options: (string | number)[] }
  | { kind: "switch" }
  | { kind: "numbers"; item: NumberForm; least: number; most: number }
  | { kind: "group"; fields: NamedForm[] }
  | { kind: "kinds"; options: { value: string; fields: NamedForm[] }[] }
  /** Null, or what the form says. */
  | { kind: "optional"; form: Form }
  /** A list of parts, or a text: edited by a component of its own, or as JSON. */
  | { kind: "other" };

/** The parts of valibot's schema objects that are read here. */
interface Node {
  type: string;
  entries?: Record<string, Node>;
  options?: readonly unknown[];
  literal?: unknown;
  item?: Node;
  wrapped?: Node;
  pipe?: readonly { type: string; requirement?: unknown }[];
}

const requirement = (node: Node, type: string): number | null => {
  const found = node.pipe?.find((action) => action.type === type)?.requirement;
  return typeof found === "number" ? found : null;
};

function numberForm(node: Node): NumberForm {
  const above = requirement(node, "gt_value");
  const below = requirement(node, "lt_value");
  return {
    kind: "number",
    whole: node.pipe?.some(({ type }) => type === "integer") ?? false,
    least: above ?? requirement(node, "min_value") ?? -Infinity,
    most: below ?? requirement(node, "max_value") ?? Infinity,
    aboveLeast: above !== null,
    belowMost: below !== null,
  };
}

const fieldsOfEntries = (entries: Record<string, Node>): NamedForm[] =>
  Object.entries(entries)
    .filter(([name]) => name !== "kind")
    .map(([name, node]) => ({ name, form: formOfNode(node) }));

/** The values of an option's «kind»: one, or several kinds with the same fields. */
function kindsOfOption(option: Node): string[] {
  const kind = option.entries?.kind;
  if (kind?.type === "literal") return [kind.literal as string];
  if (kind?.type === "picklist") return [...((kind.options ?? []) as readonly string[])];
  throw new Error(`The form does not know how a kind is told by «${kind?.type ?? "nothing"}».`);
}

function formOfNode(node: Node): Form {
  switch (node.type) {
    case "number":
      return numberForm(node);
    case "picklist":
      return { kind: "choice", options: [...((node.options ?? []) as (string | number)[])] };
    case "boolean":
      return { kind: "switch" };
    case "strict_object":
      return { kind: "group", fields: fieldsOfEntries(node.entries ?? {}) };
    case "variant":
      return {
        kind: "kinds",
        options: ((node.options ?? []) as Node[]).flatMap((option) =>
          kindsOfOption(option).map((value) => ({
            value,
            fields: fieldsOfEntries(option.entries ?? {}),
          })),
        ),
      };
    case "array":
      return node.item?.type === "number"
        ? {
            kind: "numbers",
            item: numberForm(node.item),
            least: requirement(node, "min_length") ?? 0,
            most: requirement(node, "max_length") ?? Infinity,
          }
        : { kind: "other" };
    case "nullable":
      return {
        kind: "optional",
        form: node.wrapped ? formOfNode(node.wrapped) : { kind: "other" },
      };
    // A field that older documents lack; in a document that was parsed it is there.
    case "optional":
      return node.wrapped ? formOfNode(node.wrapped) : { kind: "other" };
    case "string":
    case "literal":
      return { kind: "other" };
    default:
      throw new Error(`The form does not know schemas of type «${node.type}».`);
  }
}

export const formOf = (schema: GenericSchema): Form => formOfNode(schema);

/** The fields of one kind of a `variant` schema, or those of an object; empty for anything else. */
export function fieldsOf(form: Form, value: unknown): NamedForm[] {
  if (form.kind === "group") return form.fields;
  if (form.kind !== "kinds") return [];
  const kind = (value as { kind?: unknown } | null)?.kind;
  return form.options.find((option) => option.value === kind)?.fields ?? [];
}

const shown = (value: number) =>
  Math.abs(value) >= 1e6 || Number.isInteger(value) ? value.toLocaleString("en") : value.toString();

/** What a number must be, as a sentence. */
export function numberRule({ whole, least, most, aboveLeast, belowMost }: NumberForm): string {
  const noun = whole ? "A whole number" : "A number";
  const from = aboveLeast ? `above ${shown(least)}` : shown(least);
  if (Number.isFinite(least) && Number.isFinite(most)) {
    if (!aboveLeast && !belowMost) return `${noun}, ${shown(least)} to ${shown(most)}.`;
    return `${noun}, ${aboveLeast ? from : `${from} or more`} and ${belowMost ? "below" : "at most"} ${shown(most)}.`;
  }
  if (Number.isFinite(least))
    return aboveLeast ? `${noun} ${from}.` : `${noun} of ${from} or more.`;
  return `${noun}.`;
}

export function fitsNumber(form: NumberForm, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value)) return false;
  const { whole, least, most, aboveLeast, belowMost } = form;
  if (whole && !Number.isInteger(value)) return false;
  return (
    (aboveLeast ? value > least : value >= least) && (belowMost ? value < most : value <= most)
  );
}

/** Numbers between commas or spaces (or «×»); null when something else stands there. */
export function numbersOf(text: string): number[] | null {
  const parts = text.split(/[\s,×]+/).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.every((value) => Number.isFinite(value)) ? numbers : null;
}
