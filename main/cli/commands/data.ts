/** `gan-studio data`: the data sets that runs can train on. */
import type { DatasetInfo } from "../../contract/system.ts";
import { examples, type AddCommand } from "../command.ts";
import { count } from "../format.ts";
import { datasetNamed } from "../data-source.ts";
import { table, type Column } from "../table.ts";
import { addAdd } from "./data-add.ts";
import { addDownload } from "./data-download.ts";

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
    .description("Lists data sets, adds and removes them, and downloads public ones.");

  addDownload(group, program, perform);

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

  addAdd(group, program, perform);

  group
    .command("remove")
    .description(
      "Takes a data set off the list, with what was downloaded or prepared for it. Your own files stay.",
    )
    .argument("<id>", "its id or its name, as «data list» tells")
    .addHelpText("after", examples(program, "data remove folder-1a2b3c4d"))
    .action(
      perform(async ({ words: [typed = ""], withApi }) => {
        const removed = await withApi(async ({ client }) => {
          const { datasets } = await client.datasets.list({});
          const isId = datasets.some(({ id }) => id === typed);
          const id = isId ? typed : (datasetNamed(datasets, typed)?.id ?? typed);
          return client.datasets.remove({ id });
        });
        return { json: removed, text: `Removed ${removed.id}.\n` };
      }),
    );
};
