/** The command line as a whole: which commands there are, and how a run of one ends. */
import { Command, CommanderError } from "commander";
import { homeFolder } from "../api/home.ts";
import { createClient } from "../contract/client.ts";
import { reportOf } from "../spec/problem.ts";
import about from "../../package.json" with { type: "json" };
import { savingTime, type Perform, type Product, type SharedOptions } from "./command.ts";
import { bench } from "./commands/bench.ts";
import { bundle } from "./commands/bundle.ts";
import { compare } from "./commands/compare.ts";
import { data } from "./commands/data.ts";
import { deleteRun, restore } from "./commands/delete.ts";
import { demo } from "./commands/demo.ts";
import { diagnose } from "./commands/diagnose.ts";
import { doctor } from "./commands/doctor.ts";
import { evaluate } from "./commands/evaluate.ts";
import { exportRun } from "./commands/export.ts";
import { importRun } from "./commands/import.ts";
import { openModel } from "./commands/open-model.ts";
import { fork } from "./commands/fork.ts";
import { presets } from "./commands/presets.ts";
import { reproduce } from "./commands/reproduce.ts";
import { resume } from "./commands/resume.ts";
import { runs } from "./commands/runs.ts";
import { sample } from "./commands/sample.ts";
import { serve } from "./commands/serve.ts";
import { set } from "./commands/set.ts";
import { show } from "./commands/show.ts";
import { tag, tags } from "./commands/tag.ts";
import { train } from "./commands/train.ts";
import { harmless } from "./format.ts";
import { listeningShell } from "./interrupts.ts";
import {
  exitCodeOf,
  exitCodes,
  isCalledOff,
  jsonDocument,
  sentenceOf,
  type Outcome,
} from "./outcome.ts";
import type { Shell } from "./shell.ts";
import { asProblem, requireFilled } from "./usage.ts";

const commands = [
  ...[train, runs, show, resume, fork, reproduce, set, compare, sample, deleteRun, restore],
  ...[tag, tags],
  ...[bundle, importRun],
  ...[evaluate, diagnose],
  ...[exportRun, openModel],
  ...[presets, data, bench, doctor, serve, demo],
];

/** Runs one command to its end; resolves with the exit code, and never rejects. */
export async function runProgram(words: readonly string[], world: Shell): Promise<number> {
  const { shell: listening, interruptCode } = listeningShell(world);
  const shell: Shell = {
    ...listening,
    print: (text) => {
      listening.print(harmless(text));
    },
    say: (line) => {
      listening.say(harmless(line));
    },
  };
  const wantsJson = words.includes("--json");
  let outcome: Outcome | null = null;
  const keep = (result: Outcome) => {
    outcome = result;
  };
  const program = createProgram(shell, keep);
  try {
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync(words, { from: "user" });
  } catch (thrown) {
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return exitCodes.done;
    return fail(asProblem(thrown, words, program), wantsJson, shell, interruptCode());
  }
  return finish(outcome, wantsJson, shell, interruptCode());
}

function finish(
  outcome: Outcome | null,
  wantsJson: boolean,
  shell: Shell,
  interruptCode: number | null,
): number {
  if (outcome === null) return exitCodes.done;
  const document = outcome.json === undefined ? "" : jsonDocument(outcome.json);
  const text = wantsJson ? document : outcome.text;
  if (text !== "") shell.print(text);
  if (outcome.succeeded === false) return exitCodes.failed;
  return outcome.endsByInterrupt ? exitCodes.done : (interruptCode ?? exitCodes.done);
}

function fail(
  thrown: unknown,
  wantsJson: boolean,
  shell: Shell,
  interruptCode: number | null,
): number {
  const error = reportOf(thrown);
  const debug = shell.environment.GAN_STUDIO_DEBUG === "1";
  if (wantsJson) shell.print(jsonDocument({ error }));
  if (!wantsJson || debug) shell.say(sentenceOf(thrown, debug));
  // What was called off says so; anything else that went wrong after a Ctrl-C is a failure.
  return isCalledOff(error) ? (interruptCode ?? exitCodes.failed) : exitCodeOf(error);
}

function createProgram(shell: Shell, keep: (outcome: Outcome) => void): Command {
  const program = new Command(shell.program)
    .description(
      "Train, watch, compare and export generative adversarial networks on this machine.",
    )
    .version(about.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print this help, or a command's own")
    .option("--home <folder>", "data folder (default: GAN_STUDIO_HOME, else the usual place)")
    .option("--json", "print one JSON document; everything else goes to standard error")
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: shell.print,
      writeErr: (text) => {
        shell.say(text.trimEnd());
      },
      // The one place that tells errors is `fail`.
      outputError: () => undefined,
    })
    .exitOverride()
    .addHelpText(
      "after",
      [
        "\nStart here:",
        `  $ ${shell.program} demo                      train on digits for a minute or two`,
        `  $ ${shell.program} train --preset lsgan-dc   train in earnest`,
        `  $ ${shell.program} serve                     use it in a browser`,
        `\n${shell.program} train --help tells more about train, and so for every command.`,
      ].join("\n"),
    );

  const perform: Perform =
    (work) =>
    async (...given) => {
      // Commander hands over the arguments, then the options, then the command.
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<SharedOptions>();
      // An argument that may be several is a list of them, one that was left out is undefined.
      const typed = given.slice(0, -2).flat();
      const words = typed.filter((word) => word !== undefined).map(String);
      requireFilled({ ...options }, words);
      const home = homeFolder({ ...shell, home: options.home });
      const withApi = <T>(use: (product: Product) => Promise<T>) => usingApi(shell, home, use);
      keep(await work({ shell, home, words, options: options as never, withApi }));
    };
  for (const add of commands) add(program, perform);
  return program;
}

async function usingApi<T>(
  shell: Shell,
  home: string,
  use: (product: Product) => Promise<T>,
): Promise<T> {
  const api = await shell.openApi(home);
  try {
    for (const notice of api.notices) shell.say(notice);
    return await use({ api, client: createClient(api) });
  } finally {
    await api.close(savingTime);
  }
}
