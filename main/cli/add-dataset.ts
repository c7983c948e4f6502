/** Makes files a data set while its progress is shown. Ctrl-C calls it off; nothing is kept then. */
import type { Payload } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import type { Product } from "./command.ts";
import { createPreparationReporter } from "./preparation-progress.ts";
import type { Shell } from "./shell.ts";

const pathOf = ({ source }: Payload<"datasets.add">): string => {
  if (typeof source === "string") return source;
  return source.kind === "digits" ? "" : source.path;
};

/** Rejects as the command does; `quiet` shows nothing. */
export async function addDataset(
  shell: Shell,
  { api, client }: Product,
  wanted: Payload<"datasets.add">,
  quiet: boolean,
): Promise<DatasetInfo> {
  const path = pathOf(wanted);
  const reporter = quiet ? null : await createPreparationReporter(shell);
  let interrupted = false;
  const ends = [
    api.subscribe("dataset.preparing", (progress) => {
      if (progress.source === path) reporter?.progress(progress);
    }),
    shell.onInterrupt(() => {
      if (interrupted) {
        shell.leave(1);
        return;
      }
      interrupted = true;
      // The command itself tells that it was called off.
      client.datasets.cancelAdd({ source: path }).catch(() => undefined);
    }),
  ];
  try {
    return await client.datasets.add(wanted);
  } finally {
    for (const end of ends) end();
    reporter?.end();
  }
}
