/** `gan-studio bench`: how fast a preset trains on this machine. */
import { Option } from "commander";
import { presetOf } from "../../spec/presets.ts";
import { callOffAtInterrupt } from "../call-off.ts";
import { examples, type AddCommand } from "../command.ts";
import { count, plural, sentence } from "../format.ts";
import { facts, table } from "../table.ts";
import { engines, wholeNumber, type Engine } from "../values.ts";

interface BenchOptions {
  preset: string;
  steps: number;
  warmup: number;
  engine: Engine;
}

export const bench: AddCommand = (program, perform) => {
  program
    .command("bench")
    .description("Times whole training steps, compiled and operation by operation in turn.")
    .option("--preset <name>", "what to time", "lsgan-dc")
    .option("--steps <number>", "steps that count", wholeNumber(1, 100_000), 50)
    .option("--warmup <number>", "steps before that do not", wholeNumber(0, 10_000), 10)
    .addOption(new Option("--engine <engine>", "what computes").choices(engines).default("auto"))
    .addHelpText(
      "after",
      examples(program, "bench", "bench --preset vanilla-mlp --steps 200 --json") +
        "\n\nCtrl-C ends it.",
    )
    .action(
      perform<BenchOptions>(async ({ shell, options, withApi }) => {
        const { preset, steps, warmup, engine } = options;
        // Refused before anything is announced.
        presetOf(preset);
        shell.say(
          `Timing ${plural(steps, "step")} of ${preset}, after ${count(warmup)} to warm up.`,
        );
        const result = await withApi(async ({ client }) => {
          const end = callOffAtInterrupt(shell, () => client.system.cancelBench({}));
          return client.system.bench({ preset, steps, warmup, engine }).finally(end);
        });
        const columns = [
          { title: "MODE" },
          { title: "MS/STEP", numeric: true },
          { title: "IMAGES/S", numeric: true },
          { title: "COMPILED IN", numeric: true },
        ];
        const rows = result.modes.map((mode) => [
          ...[sentence(mode.mode), mode.msPerStep.toFixed(1)],
          count(Math.round(mode.imagesPerSecond)),
          mode.compileMs === undefined ? "" : `${count(Math.round(mode.compileMs))} ms`,
        ]);
        const machine = facts([
          ["Preset", result.preset],
          ["Engine", result.engine],
          ["Device", result.device],
          ["Threads", count(result.threads)],
        ]);
        const note = result.note === null ? "" : `\n${result.note}`;
        return { json: result, text: `${machine}\n${table(columns, rows)}${note}` };
      }),
    );
};
