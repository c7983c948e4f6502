/** `gan-studio diagnose`: what is wrong with a run, by its measurements; and the run that a remedy asks for. */
import type { RunDetail, RunSummary } from "../../contract/runs.ts";
import { treatmentOf } from "../../spec/doctor/apply.ts";
import type { Finding } from "../../spec/doctor/finding.ts";
import { forkPlaces } from "../../spec/fork.ts";
import { Problem } from "../../spec/problem.ts";
import { examples, type AddCommand, type Product } from "../command.ts";
import { findingsText, isJudged, lookedAt, remediesIn } from "../findings-text.ts";
import { follow } from "../follow.ts";
import { plural } from "../format.ts";
import { goOn } from "../next-command.ts";
import { runArgument, runOf } from "../run-argument.ts";
import { runOutcome } from "../run-outcome.ts";
import { wholeNumber } from "../values.ts";

interface DiagnoseOptions {
  try?: number;
}

export const diagnose: AddCommand = (program, perform) => {
  program
    .command("diagnose")
    .description("Says what goes wrong in a run, with the numbers behind it and what to try.")
    .argument("<run>", runArgument)
    .option(
      "--try <number>",
      "start the run that this remedy of the list asks for: a fork, or a new run",
      wholeNumber(1, 1000),
    )
    .addHelpText(
      "after",
      examples(program, "diagnose last", "diagnose last --json", "diagnose last --try 1"),
    )
    .action(
      perform<DiagnoseOptions>(async ({ shell, words: [typed = ""], options, withApi }) =>
        withApi(async (product) => {
          const { client } = product;
          const { id } = await runOf(client, typed);
          const { findings } = await client.runs.findings({ id });
          if (options.try !== undefined) {
            const detail = await client.runs.get({ id });
            const start = treatment(product, detail, findings, options.try);
            const run = await follow(shell, product, start);
            return runOutcome(run, goOn(run, shell.program));
          }
          const looked = lookedAt((await client.runs.measurements({ id })).steps);
          const json = { id, ...looked, judged: isJudged(looked), findings };
          const command = `${shell.program} diagnose ${id}`;
          return { json, text: findingsText(findings, looked, command) };
        }),
      ),
    );
};

/** Starts what remedy `number` asks for. Throws `usage` where there is no such remedy. */
function treatment(
  { client }: Product,
  detail: RunDetail,
  findings: readonly Finding[],
  number: number,
): () => Promise<RunSummary> {
  const all = remediesIn(findings);
  const chosen = all[number - 1];
  if (!chosen) {
    const there =
      all.length === 0 ? "no remedies" : plural(all.length, "remedy").replace(/ys$/, "ies");
    throw new Problem("usage", `There is no remedy ${number}: ${detail.run.id} has ${there}.`);
  }
  const { finding, remedy } = chosen;
  const wanted = treatmentOf({ ...detail, places: forkPlaces(detail) }, finding, remedy);
  const { specification } = wanted;
  const name = `${detail.run.name}: ${remedy.title}`.slice(0, 200);
  return () =>
    wanted.by === "fork"
      ? client.runs.fork({ id: detail.run.id, epoch: wanted.epoch, specification, name })
      : client.runs.start({ specification, name, engine: "auto" });
}
