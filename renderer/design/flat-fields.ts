/**
 * A form with all its parts, in the order in which it is shown: the fields of the chosen kind stand
 * behind the choice of the kind, those of an optional part behind its switch, however deep.
 */
import type { Path } from "./document.ts";
import { fieldTitle, switchTitle } from "./field-titles.ts";
import { fieldsOf, type Form, type NamedForm } from "./schema-form.ts";

export type SimpleForm = Extract<Form, { kind: "number" | "choice" | "switch" | "numbers" }>;
export type KindsForm = Extract<Form, { kind: "kinds" }>;

interface Common {
  name: string;
  title: string;
  value: unknown;
  path: Path;
}
export type FlatField = Common &
  (
    | { role: "field"; form: SimpleForm }
    | { role: "kind"; form: KindsForm }
    | { role: "switch"; isOn: boolean }
  );

/**
 * `value` is the object that has the fields, `path` its place in the document. `isOn` tells whether an
 * optional part is there: null also stands for a number that is not typed yet.
 */
export const flatFields = (
  fields: readonly NamedForm[],
  value: object,
  path: Path,
  isOn: (path: Path, value: unknown) => boolean,
): FlatField[] =>
  fields.flatMap(({ name, as = name, form }) =>
    flatField({ name: as, title: fieldTitle(as) }, form, at(value, name), [...path, name], isOn),
  );

const at = (value: object, name: string): unknown => (value as Record<string, unknown>)[name];

function flatField(
  names: Pick<Common, "name" | "title">,
  form: Form,
  value: unknown,
  path: Path,
  isOn: (path: Path, value: unknown) => boolean,
): FlatField[] {
  switch (form.kind) {
    case "kinds":
      return [
        { role: "kind", ...names, form, value, path },
        ...flatFields(fieldsOf(form, value), value as object, path, isOn),
      ];
    case "optional": {
      const on = isOn(path, value);
      const title = switchTitle(names.name);
      return [
        { role: "switch", ...names, title, value, path, isOn: on },
        ...(on ? flatField(names, form.form, value, path, isOn) : []),
      ];
    }
    case "group":
      return flatFields(form.fields, value as object, path, isOn);
    case "other":
      return [];
    case "number":
    case "numbers":
    case "choice":
    case "switch":
      return [{ role: "field", ...names, form, value, path }];
  }
}
