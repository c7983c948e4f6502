/** How a bundle is getting on that is written or imported; Ctrl-C calls it off. */
import type { BundleProgress } from "../contract/bundles.ts";
import { createAmountReporter, type Amount } from "./amount-progress.ts";
import { callOffAtInterrupt } from "./call-off.ts";
import type { Product } from "./command.ts";
import { bytes } from "./format.ts";
import type { Shell } from "./shell.ts";

const format = "{what}  {bar} {percentage}%  {amount}";

const stages: Record<BundleProgress["stage"], string> = {
  checking: "Checking",
  writing: "Writing",
  unpacking: "Unpacking",
  comparing: "Drawing again",
};

const amountOf = ({ stage, done, total }: BundleProgress): Amount => ({
  ...{ done, total, what: stages[stage] },
  amount: `${bytes(done)} of ${bytes(total)}`,
});

/** Does `work` on the bundle at `path`, which is absolute, while its progress is shown; `quiet` shows nothing. */
export async function withBundleProgress<Result>(
  shell: Shell,
  { api, client }: Product,
  { path, quiet }: { path: string; quiet: boolean },
  work: () => Promise<Result>,
): Promise<Result> {
  const reporter = quiet ? null : await createAmountReporter(shell, format);
  const ends = [
    api.subscribe("bundle.progress", (progress) => {
      if (progress.path === path) reporter?.progress(amountOf(progress));
    }),
    callOffAtInterrupt(shell, () => client.runs.cancelBundle({ path })),
  ];
  try {
    return await work();
  } finally {
    for (const end of ends) end();
    reporter?.end();
  }
}
