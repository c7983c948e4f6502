/** `gan-studio data download`: fetches a public data set. Ctrl-C keeps what has arrived. */
import { Argument, type Command } from "commander";
import type { Downloaded } from "../../contract/system.ts";
import { downloadIds, downloads, type DownloadId } from "../../spec/downloads.ts";
import { createAmountReporter } from "../amount-progress.ts";
import { callOffAtInterrupt } from "../call-off.ts";
import { examples, type Perform, type Product } from "../command.ts";
import { downloadAmount, downloadFormat } from "../download-progress.ts";
import { count } from "../format.ts";
import type { Shell } from "../shell.ts";
import { facts } from "../table.ts";

const longest = Math.max(...downloadIds.map((id) => id.length));
const choices = downloadIds
  .map((id) => `  ${id.padEnd(longest + 2)}${downloads[id].title}: ${downloads[id].about}`)
  .join("\n");

/** Adds itself to the group of commands that `data` is. */
export function addDownload(group: Command, program: Command, perform: Perform): void {
  group
    .command("download")
    .description("Downloads a public data set, or what is missing of it, and checks it.")
    .addArgument(new Argument("<name>", "which one, see below").choices(downloadIds))
    .addHelpText(
      "after",
      `\nData sets:\n${choices}\n` +
        examples(program, "data download mnist", "train --preset lsgan-dc --data mnist"),
    )
    .action(
      perform(async ({ shell, words: [name], withApi }) => {
        const id = name as DownloadId;
        const info = await withApi((product) => fetchDataset(shell, product, id));
        return { json: info, text: downloadedPage(info, shell.program) };
      }),
    );
}

async function fetchDataset(
  shell: Shell,
  { api, client }: Product,
  id: DownloadId,
): Promise<Downloaded> {
  const reporter = await createAmountReporter(shell, downloadFormat);
  const ends = [
    api.subscribe("dataset.progress", (progress) => {
      if (progress.id === id) reporter.progress(downloadAmount(progress));
    }),
    callOffAtInterrupt(shell, () => client.datasets.cancelDownload({ id })),
  ];
  try {
    return await client.datasets.download({ id });
  } finally {
    for (const end of ends) end();
    reporter.end();
  }
}

const checkOf = ({ uncheckedFiles }: Downloaded): string =>
  uncheckedFiles === undefined
    ? "the content, by its checksum"
    : "the number and size of the images only: no checksum of these files is published, so nobody " +
      "can tell whether they are the right ones. A later download must be the same.";

const downloadedPage = (info: Downloaded, program: string): string =>
  facts([
    ["Downloaded", info.id],
    ["Name", info.name],
    ["Images", count(info.length)],
    ["Classes", (info.classNames ?? []).join(", ")],
    ["Checked", checkOf(info)],
    ["Files", info.source.kind === "idx" ? info.source.path : null],
    ["Train on it", `${program} train --preset lsgan-dc --data ${info.id}`],
  ]);
