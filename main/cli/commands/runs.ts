/** `gan-studio runs`: the history as a table, newest first. */
import { familyRows, type FamilyRow } from "../../contract/family-tree.ts";
import { examples, type AddCommand } from "../command.ts";
import { count, duration, figure, moment, plural } from "../format.ts";
import { table, type Column } from "../table.ts";
import { several, wholeNumber } from "../values.ts";

interface RunsOptions {
  limit?: number;
  search?: string;
  tag?: string[];
}

const columns: Column[] = [
  { title: "RUN" },
  { title: "NAME" },
  { title: "STATUS" },
  { title: "DATA" },
  { title: "EPOCH", numeric: true },
  { title: "STEP", numeric: true },
  { title: "D LOSS", numeric: true },
  { title: "G LOSS", numeric: true },
  { title: "TIME", numeric: true },
  { title: "STARTED" },
];

const nameLength = 32;
const shortened = (name: string): string => {
  const characters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  return characters.length <= nameLength
    ? name
    : `${characters.slice(0, nameLength - 1).join("")}…`;
};

const tagColumn: Column = { title: "TAGS" };

const rowOf = ({ run, depth }: FamilyRow): string[] => [
  run.id,
  shortened(`${"  ".repeat(Math.max(0, depth - 1))}${depth === 0 ? "" : "└ "}${run.name}`),
  run.status,
  run.dataset,
  `${run.epoch}/${run.epochs}`,
  count(run.step),
  run.losses ? figure(run.losses.discriminator) : "–",
  run.losses ? figure(run.losses.generator) : "–",
  duration(run.seconds),
  moment(run.createdAt),
  run.tags.join(", "),
];

/** Forks below their parents; the runs of a group together, with where to read of the group. */
function treeText(runs: Parameters<typeof familyRows>[0]): string {
  const groups = new Map(runs.flatMap(({ group }) => (group ? [[group.id, group] as const] : [])));
  const told = [...groups.values()].map(
    ({ id, name, runs: size }) => `Group ${id}: ${name}, ${plural(size, "run")}\n`,
  );
  const below = told.length === 0 ? "" : `\n${told.join("")}`;
  const shown = runs.some(({ tags }) => tags.length > 0) ? [...columns, tagColumn] : columns;
  const rows = familyRows(runs).map((row) => rowOf(row).slice(0, shown.length));
  return `${table(shown, rows)}${below}`;
}

const found = (search: string | undefined): string[] =>
  search === undefined ? [] : [`has «${search}» in its name, preset, data set or tags`];

const tagged = (tags: readonly string[] = []): string[] =>
  tags.map((tag) => `has the tag «${tag}»`);

export const runs: AddCommand = (program, perform) => {
  program
    .command("runs")
    .description(
      "Lists the runs, newest first; forks stand below the run that they share their past with.",
    )
    .option("--limit <number>", "at most so many", wholeNumber(1, 10_000))
    .option("--search <text>", "those whose name, preset, data set or a tag has this in it")
    .option("--tag <tag>", "those that have this tag; given again: all of them", several)
    .addHelpText(
      "after",
      examples(program, "runs", "runs --search mnist --limit 5", "runs --tag baseline --json"),
    )
    .action(
      perform<RunsOptions>(async ({ shell, options: { limit, search, tag }, withApi }) => {
        const list = await withApi(({ client }) =>
          client.runs.list({
            ...(limit === undefined ? {} : { limit }),
            ...(search === undefined ? {} : { search }),
            ...(tag === undefined ? {} : { tags: tag }),
          }),
        );
        const none =
          search === undefined && tag === undefined
            ? `There are no runs yet. Train one: ${shell.program} train --preset lsgan-dc\n`
            : `No run ${[...found(search), ...tagged(tag)].join(" and ")}.\n`;
        const text = list.runs.length === 0 ? none : treeText(list.runs);
        return { json: list, text };
      }),
    );
};
