/** `gan-studio runs`: the history as a table, newest first. */
import { familyRows, type FamilyRow } from "../../contract/family-tree.ts";
import { examples, type AddCommand } from "../command.ts";
import { count, duration, figure, moment, plural } from "../format.ts";
import { table, type Column } from "../table.ts";
import { wholeNumber } from "../values.ts";

interface RunsOptions {
  limit?: number;
  search?: string;
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
];

/** Forks below their parents; the runs of a group together, with where to read of the group. */
function treeText(runs: Parameters<typeof familyRows>[0]): string {
  const groups = new Map(runs.flatMap(({ group }) => (group ? [[group.id, group] as const] : [])));
  const told = [...groups.values()].map(
    ({ id, name, runs: size }) => `Group ${id}: ${name}, ${plural(size, "run")}\n`,
  );
  const below = told.length === 0 ? "" : `\n${told.join("")}`;
  return `${table(columns, familyRows(runs).map(rowOf))}${below}`;
}

export const runs: AddCommand = (program, perform) => {
  program
    .command("runs")
    .description(
      "Lists the runs, newest first; forks stand below the run that they share their past with.",
    )
    .option("--limit <number>", "at most so many", wholeNumber(1, 10_000))
    .option("--search <text>", "those whose name, preset or data set has this in it")
    .addHelpText("after", examples(program, "runs", "runs --search mnist --limit 5", "runs --json"))
    .action(
      perform<RunsOptions>(async ({ shell, options: { limit, search }, withApi }) => {
        const list = await withApi(({ client }) =>
          client.runs.list({
            ...(limit === undefined ? {} : { limit }),
            ...(search === undefined ? {} : { search }),
          }),
        );
        const none =
          search === undefined
            ? `There are no runs yet. Train one: ${shell.program} train --preset lsgan-dc\n`
            : `No run has «${search}» in its name, preset or data set.\n`;
        const text = list.runs.length === 0 ? none : treeText(list.runs);
        return { json: list, text };
      }),
    );
};
