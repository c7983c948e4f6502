/** docs/specification.md against the schema: every setting, kind, range and usual value, and nothing else. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import * as defaults from "../../../main/spec/defaults.ts";
import { bare, documentForm, kindsOf, wordsOf, type Form } from "../../../main/spec/form.ts";
import { parseSpecification } from "../../../main/spec/specification.ts";

const text = readFileSync(new URL("../../../docs/specification.md", import.meta.url), "utf8");

/** Below the heading: the tables, each a list of rows, without titles and lines. */
function tablesOf(heading: string): string[][][] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  return section
    .split(/\n\n/)
    .filter((block) => block.trim().startsWith("|"))
    .map((block) =>
      block
        .trim()
        .split("\n")
        .slice(2)
        .map((line) =>
          line
            .slice(1, -1)
            .split(/(?<!\\)\|/)
            .map((cell) => cell.trim()),
        ),
    );
}

const inside = (path: string): Form =>
  path.split(".").reduce((form, key) => bare(bare(form).entries![key]!), documentForm);

const [layers, regularizers] = ["generator.layers", "regularizers"].map(
  (path) => inside(path).item!,
);
const optimizers = inside("optimizers.generator");
const initializers = kindsOf(layers!)[0]!.entries.kernelInitializer!;
const schedules = kindsOf(optimizers)[0]!.entries.schedule!;

const sections: [heading: string, form: Form, starts: Record<string, object> | null][] = [
  ["Sources of data", inside("data.source"), null],
  ["Augmentation", inside("data.augmentation"), defaults.newAugmentations],
  ["Layers", layers!, defaults.newLayers],
  ["Initializers", initializers, defaults.newInitializers],
  ["Losses", inside("loss"), defaults.newLosses],
  ["Regularizers", regularizers!, defaults.newRegularizers],
  ["Optimizers", optimizers, defaults.newOptimizers],
  ["Schedules", schedules, defaults.newSchedules],
];

/** What has kinds is told in a section of its own. */
function told(form: Form): string {
  const plain = bare(form);
  const at = (wanted: Form) => sections.find(([, candidate]) => candidate === wanted)?.[0];
  const [one, many] = [at(plain), plain.item && at(plain.item)];
  if (one) return `#${one.toLowerCase().replaceAll(" ", "-")}`;
  if (many) return `${String(plain.pipe?.at(-1)?.requirement)} #${many.toLowerCase()}`;
  const left = form.type === "optional" ? `; ${JSON.stringify(form.default)} when left out` : "";
  return `${wordsOf(form)}${left}`;
}

/** The same of a cell: its link's target, with the number before it. */
function cellOf(cell: string): string {
  const link = /^(?:(?:\d+ to|at most) (\d+) )?.*\((#[\w-]+)\)$/.exec(cell);
  return link ? [link[1], link[2]].filter(Boolean).join(" ") : cell;
}

function settings(form: Form, path: string): [string, string][] {
  const plain = bare(form);
  if (plain.type !== "strict_object") return [[path, told(form)]];
  const own: [string, string][] = form.type === "nullable" ? [[path, told(form)]] : [];
  const parts = Object.entries(plain.entries ?? {}).flatMap(([key, part]) =>
    settings(part, path === "" ? key : `${path}.${key}`),
  );
  return [...own, ...parts];
}

const named = (cell = ""): string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);

it("tells of every setting of the document what it may be", () => {
  const [table = []] = tablesOf("The document");
  const rows = table.map(([name, may = ""]) => [named(name)[0], cellOf(may)]);
  expect(rows).toEqual(settings(documentForm, ""));
});

it.each(sections)("tells under «%s» of every kind and its settings", (heading, form, starts) => {
  const [kinds = [], table = []] = tablesOf(heading);
  expect(kinds.map(([name]) => named(name)[0])).toEqual(kindsOf(form).map(({ kind }) => kind));
  const rows = table.flatMap(([of, setting, may = "", start]) =>
    named(of).map((kind) =>
      [kind, named(setting)[0], cellOf(may), ...(starts ? named(start) : [])].join(" | "),
    ),
  );
  const real = kindsOf(form).flatMap(({ kind, entries }) =>
    Object.entries(entries).map(([setting, part]) => {
      const start = starts?.[kind] as Record<string, unknown> | undefined;
      return [kind, setting, told(part), ...(start ? [JSON.stringify(start[setting])] : [])].join(
        " | ",
      );
    }),
  );
  expect(rows.sort()).toEqual(real.sort());
});

it("shows an example that can be trained", () => {
  const example = /```json\n([^]*?)```/.exec(text)?.[1] ?? "";
  expect(() => parseSpecification(JSON.parse(example))).not.toThrow();
});
