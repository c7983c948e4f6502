/** Makes files a data set while its progress is shown. Ctrl-C calls it off; nothing is kept then. */
import type { Payload } from "../contract/commands.ts";
import type { DatasetInfo } from "../contract/system.ts";
import { createAmountReporter } from "./amount-progress.ts";
import { callOffAtInterrupt } from "./call-off.ts";
import type { Product } from "./command.ts";
import { preparationAmount, preparationFormat } from "./preparation-progress.ts";
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
  const reporter = quiet ? null : await createAmountReporter(shell, preparationFormat);
  const ends = [
    api.subscribe("dataset.preparing", (progress) => {
      if (progress.source === path) reporter?.progress(preparationAmount(progress));
    }),
    callOffAtInterrupt(shell, () => client.datasets.cancelAdd({ source: path })),
  ];
  try {
    return await client.datasets.add(wanted);
  } finally {
    for (const end of ends) end();
    reporter?.end();
  }
}
