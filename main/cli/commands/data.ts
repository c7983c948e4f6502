/** `gan-studio data`: the data sets that runs can train on. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { DatasetInfo } from "../../contract/system.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand } from "../command.ts";
import { count } from "../format.ts";
import { facts, table, type Column } from "../table.ts";

const columns: Column[] = [
  { title: "ID" },
  { title: "NAME" },
  { title: "IMAGES", numeric: true },
  { title: "SIZE" },
  { title: "CLASSES", numeric: true },
  { title: "FROM" },
];

const sizeOf = ({ image }: DatasetInfo): string =>
  `${image.height}×${image.width}×${image.channels}`;

const originOf = ({ source }: DatasetInfo): string =>
  source.kind === "digits" ? "built in" : source.path;

const rowOf = (info: DatasetInfo): string[] => [
  ...[info.id, info.name, count(info.length), sizeOf(info)],
  ...[info.classCounts.length === 0 ? "–" : count(info.classCounts.length), originOf(info)],
];

export const data: AddCommand = (program, perform) => {
  const group = program
    .command("data")
    .helpCommand(false)
    .description("Lists data sets and adds new ones.");

  group
    .command("list")
    .description("Lists the data sets that runs can train on.")
    .addHelpText("after", examples(program, "data list", "data list --json"))
    .action(
      perform(async ({ withApi }) => {
        const list = await withApi(({ client }) => client.datasets.list({}));
        return { json: list, text: table(columns, list.datasets.map(rowOf)) };
      }),
    );

  group
    .command("add")
    .description("Adds an IDX file, or a folder that holds one. The files stay where they are.")
    .argument("<source>", "the file or folder")
    .option("--name <text>", "a name for it")
    .addHelpText(
      "after",
      examples(program, "data add ./mnist", "data add train-images-idx3-ubyte.gz --name MNIST"),
    )
    .action(
      perform<{ name?: string }>(
        async ({ shell, words: [typed = ""], options: { name }, withApi }) => {
          const source = resolve(shell.folder, typed);
          if (!existsSync(source)) {
            throw new Problem("data.missing", `There is no file or folder ${source}.`);
          }
          const named = name === undefined ? {} : { name };
          const info = await withApi(({ client }) => client.datasets.add({ source, ...named }));
          return { json: info, text: addedPage(info, shell.program) };
        },
      ),
    );
};

const addedPage = (info: DatasetInfo, program: string): string =>
  facts([
    ["Added", info.id],
    ["Name", info.name],
    ["Images", `${count(info.length)}, ${sizeOf(info)}`],
    [
      "Classes",
      info.classCounts.length === 0 ? "no labels" : info.classCounts.map(count).join(", "),
    ],
    ["Train on it", `${program} train --preset lsgan-dc --data ${info.id}`],
  ]);
